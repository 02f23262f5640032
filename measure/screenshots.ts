/** npm run screenshots: writes the README's pictures into docs/screenshots, from the real page over the real store. */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { run } from '../src/cli/run.ts'
import { createContext } from '../src/context.ts'
import { readKnowledge } from '../src/knowledge/read.ts'
import { createPainter } from '../src/pictures/painter.ts'
import { createPlayground } from '../src/transports/playground.ts'
import { serve } from '../src/transports/serve.ts'
import { launchChromium } from './chromium.ts'

interface Shot {
  name: string
  /** What the page is opened with: `/?ask=…` or `/?run=…`. */
  path: string
  options?: BrowserContextOptions
  /** What is done before the picture is taken. */
  act?: (page: Page) => Promise<unknown>
}

const wide = { width: 1200, height: 760 }
const phone = { width: 360, height: 740 }
const light = 'light' as const
const runs = (line: string): string => `/?run=${encodeURIComponent(line)}`
const inspect = (page: Page): Promise<void> => page.getByLabel('Inspector').click()

const entry = `- id: my-entry
  question: Which entry is this?
  give: [what]
  answer: The one that is being tried [1].
  cite:
    - cnn 5: Iran has been invited to attend Friday's meeting soon
  ask:
    - was iran invited
`

const shots: readonly Shot[] = [
  { name: 'first-visit', path: '/' },
  { name: 'answer', path: '/?ask=was+Iran+invited' },
  { name: 'refusal', path: '/?ask=how+old+is+Kerry' },
  { name: 'who-attended', path: runs('/who-attended'), options: { colorScheme: light } },
  { name: 'quote', path: runs('/quote speaker: Kerry') },
  { name: 'timeline', path: runs('/timeline'), options: { viewport: phone, isMobile: true, hasTouch: true } },
  {
    name: 'autocomplete',
    path: '/',
    act: async (page) => {
      await page.keyboard.type('/quote ')
      await page.keyboard.type('lavarov')
      await page.getByRole('option').filter({ hasText: 'Lavrov' }).first().waitFor()
    },
  },
  { name: 'why', path: '/?ask=was+Iran+invited', act: inspect },
  {
    name: 'try-an-entry',
    path: '/',
    options: { colorScheme: light },
    act: async (page) => {
      await inspect(page)
      await page.getByRole('tab', { name: 'Try an entry' }).click()
      await page.getByLabel('Entry (YAML)').fill(entry)
      await page.getByText('Check and try').click()
      await page.locator('.tried h3').waitFor()
    },
  },
]

const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url))
const knowledgeDir = fileURLToPath(new URL('../knowledge', import.meta.url))

await run(async () => {
  const log = { info: () => {}, error: ({ bug }: { bug: unknown }) => console.error(bug) }
  const app = createPlayground({
    context: createContext(await readKnowledge(knowledgeDir), createPainter()),
    log,
    knowledgeDir,
  })
  const server = await serve(app, { host: '127.0.0.1', port: 0 })
  const browser = await launchChromium()
  mkdirSync(folder, { recursive: true })
  for (const { name, path, options, act } of shots) {
    const context = await browser.newContext({
      viewport: wide,
      colorScheme: 'dark',
      deviceScaleFactor: 1.5,
      ...options,
    })
    const page = await context.newPage()
    await page.goto(server.url + path)
    await page
      .locator(path === '/' ? '.composer' : 'discord-embed')
      .first()
      .waitFor()
    await act?.(page)
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled' })
    process.stdout.write(`docs/screenshots/${name}.png\n`)
    await context.close()
  }
  await browser.close()
  await server.close()
})
