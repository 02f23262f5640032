import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'
import type { Knowledge } from './knowledge/parse.ts'
import { fileSchemas } from './knowledge/schema.ts'
import { version } from './version.ts'

const worker = fileURLToPath(new URL('worker.ts', import.meta.url))

/**
 * Bundles the Worker and the store into one module, without what only Node has: throws where a file of the Worker
 * imports it. The store goes in parsed: reading the YAML takes a third of a second of CPU, this JSON a millisecond.
 */
export async function bundleWorker(knowledge: Knowledge, entry: string = worker): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [inject(knowledge), refuseNode],
    ssr: { target: 'webworker', noExternal: true },
    build: {
      ssr: entry,
      write: false,
      target: 'es2024',
      minify: true,
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })
  if (Array.isArray(built) || !('output' in built)) throw new TypeError('one bundle was expected')
  return built.output[0].code
}

function inject(knowledge: Knowledge): Plugin {
  const names = Object.keys(fileSchemas)
  const store = JSON.stringify(Object.fromEntries(Object.entries(knowledge).filter(([name]) => names.includes(name))))
  return {
    name: 'inject-store',
    enforce: 'pre',
    resolveId: (id) => (id === 'virtual:store' ? `\0${id}` : undefined),
    load: (id) => {
      if (id === '\0virtual:store') return `export default JSON.parse(${JSON.stringify(store)})`
      // Else all of package.json would be published with the Worker.
      if (id.endsWith('/src/version.ts')) return `export const version = ${JSON.stringify(version)}`
      return undefined
    },
  }
}

const refuseNode: Plugin = {
  name: 'refuse-node',
  enforce: 'pre',
  resolveId(id, importer) {
    if (isBuiltin(id)) throw new Error(`${importer} imports ${id}, which Cloudflare Workers don't have`)
  },
}
