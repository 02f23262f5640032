import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflate } from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const cache = fileURLToPath(new URL('../node_modules/.cache/chromium', import.meta.url))

/** A real, headless Chromium from an npm package, with the libraries and the font that it needs: nothing is installed. */
export async function launchChromium(): Promise<Browser> {
  await unpack()
  // The package's own file looks for the fonts in /tmp, and a page without fonts ends the browser.
  const fonts = join(cache, 'fonts.conf')
  writeFileSync(
    fonts,
    `<?xml version="1.0"?><fontconfig><dir>${join(cache, 'fonts')}</dir><cachedir>${join(cache, 'fontconfig')}</cachedir></fontconfig>\n`,
  )
  return chromium.launch({
    executablePath: join(cache, 'chromium'),
    // The package's own flags are for a sandbox of Lambda's: one process, and no web security, which is tested here.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--hide-scrollbars'],
    env: { ...process.env, LD_LIBRARY_PATH: join(cache, 'al2023', 'lib'), FONTCONFIG_FILE: fonts },
  })
}

async function unpack(): Promise<void> {
  if (existsSync(cache)) return
  const packed = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..', 'bin')
  // Unpacked beside its place and moved there, so that another process never finds half of it.
  const draft = `${cache}.${process.pid}`
  mkdirSync(draft, { recursive: true })
  const before = process.env.TMPDIR
  // The package unpacks into the temporary folder, where a second version of it would not notice the first.
  process.env.TMPDIR = draft
  try {
    await Promise.all(['chromium.br', 'fonts.tar.br', 'al2023.tar.br'].map((name) => inflate(join(packed, name))))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  try {
    renameSync(draft, cache)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(cache)) throw error
  }
}
