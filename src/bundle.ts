import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'
import { fileSchemas } from './knowledge/schema.ts'
import type { Knowledge } from './knowledge/store.ts'
import { readPhrasings } from './matching/readings.ts'
import type { Painted } from './pictures/painted.ts'
import { paintAll } from './pictures/painter.ts'
import { drawAll } from './pictures/pictures.ts'
import { version } from './version.ts'

const worker = fileURLToPath(new URL('worker.ts', import.meta.url))

/**
 * Bundles the Worker and the store into one module, without what only Node has: throws where a file of the Worker
 * imports it. The store goes in parsed, and its phrasings read: both together take most of the second of CPU that a
 * Worker has to start. Its pictures go in painted: that would take ten times the CPU that a request may, and a painter
 * twice as large as all else.
 */
export async function bundleWorker(knowledge: Knowledge, entry: string = worker): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [inject(knowledge, await paintAll(drawAll(knowledge))), refuseNode],
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

function inject(knowledge: Knowledge, pictures: Painted): Plugin {
  const names = Object.keys(fileSchemas)
  const store = Object.fromEntries(Object.entries(knowledge).filter(([name]) => names.includes(name)))
  const withoutPhrasings = {
    ...store,
    questions: knowledge.questions.map((entry) => ({ ...entry, ask: [] })),
    unknowns: knowledge.unknowns.map((entry) => ({ ...entry, ask: [] })),
  }
  const modules: Record<string, unknown> = {
    '\0virtual:store': { store: withoutPhrasings, hash: knowledge.hash, readings: readPhrasings(knowledge) },
    '\0virtual:pictures': pictures,
  }
  return {
    name: 'inject-store',
    enforce: 'pre',
    resolveId: (id) => (`\0${id}` in modules ? `\0${id}` : undefined),
    load: (id) => {
      if (id in modules) return `export default JSON.parse(${JSON.stringify(JSON.stringify(modules[id]))})`
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
