import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { getPublicKey, hashes, sign } from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../measure/chromium.ts'
import { formatCommandLine, parseCommandLine } from '../src/discord/command-line.ts'
import { parseKnowledge } from '../src/knowledge/parse.ts'
import { KnowledgeError } from '../src/knowledge/problem.ts'
import { readFiles } from '../src/knowledge/read.ts'
import { createHttp } from '../src/transports/http.ts'
import { createPlayground } from '../src/transports/playground.ts'
import { buildPage } from '../src/transports/playground-page.ts'
import { type Listening, serve } from '../src/transports/serve.ts'
import { corpus, openContext, real } from './stores.ts'

hashes.sha512 = sha512

const wide = { width: 1280, height: 800 }
const narrow = { width: 360, height: 740 }
const log = { info: () => {}, error: ({ bug }: { bug: unknown }) => console.error(bug) }
const open = (dir = corpus.dir) => createPlayground({ context: openContext(dir), log, knowledgeDir: dir })
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const fictional = open()
let app = fictional
let server: Listening
let browser: Browser
let desk: Page
let phone: Page
/** What a page must never do: fail, break its own security policy, or speak to another host. */
let wrong: string[] = []
/** The interactions that went over the wire, newest first. */
let sent: { type: number; data: { options?: { value: unknown; focused?: boolean }[] } }[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([
    serve({ fetch: (request) => app.fetch(request) }, { host: '127.0.0.1', port: 0 }),
    launchChromium(),
    buildPage(),
  ])
  desk = await openPage({ viewport: wide })
  phone = await openPage({ viewport: narrow, hasTouch: true, isMobile: true })
}, 60_000)

afterAll(async () => {
  await browser.close()
  await server.close()
})

afterEach(() => {
  app = fictional
  const found = wrong
  wrong = []
  expect(found).toEqual([])
})

async function openPage(options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext({ ...options, colorScheme: 'dark' })).newPage()
  page.setDefaultTimeout(10_000)
  page.on('pageerror', (error) => wrong.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
  page.on('request', (request) => {
    const { origin, protocol, pathname } = new URL(request.url())
    if (origin !== server.url && protocol !== 'blob:') wrong.push(request.url())
    if (pathname === '/interactions') sent.unshift(request.postDataJSON())
  })
  return page
}

/** Opens the page anew; everything that it remembers is forgotten. */
async function visit(path = '/', page = desk): Promise<Page> {
  await page.unrouteAll()
  await page.goto(server.url + path)
  await page.locator('.composer').waitFor()
  if (path === '/') sent = []
  return page
}

/** Types keys one after another; a word of more than one letter that no key is called is typed out. */
async function keys(page: Page, ...all: string[]): Promise<void> {
  for (const key of all)
    await (/^(Enter|Tab|Escape|Arrow\w+|Backspace|Shift\+Tab)$/.test(key)
      ? page.keyboard.press(key)
      : page.keyboard.type(key))
}

const posts = (page: Page) => page.locator('.post')
const last = (page: Page) => posts(page).last()
const title = (page: Page) => last(page).locator('.discord-embed-title')
/** The text of an element, line by line as it is seen. */
const seen = async (part: Locator): Promise<string> => (await part.allInnerTexts()).join('\n')
const lines = (page: Page) => page.getByRole('option')

/** The lines of the list above the composer. */
const choices = async (page: Page): Promise<string[]> =>
  (await lines(page).allInnerTexts()).map((line) => line.replace(/\s+/g, ' ').trim())
/** Waits for the bot's choices. */
const offered = (page: Page) => lines(page).first().waitFor()
const button = (part: Locator, name: string | RegExp) => part.getByRole('button', { name })

const entry = `- id: colour-of-the-buoy
  question: What colour is the buoy?
  gives: [what]
  answer: Its colour is not told; it is new.
  cite:
    - wire 3: A buoy (has been agreed on)
  ask:
    - buoy colour
    - is the buoy red
    - paint on the buoy
    - hue of the new buoy
    - what does the buoy look like
    - Which colour has this buoy?
    - tell me the colour of that buoy
    - buoy painted how
`

const paste = async (page: Page, yaml: string): Promise<void> => {
  await page.getByLabel('Inspector').first().click()
  await page.getByRole('tab', { name: 'Try an entry' }).click()
  await page.getByLabel('Entry (YAML)').fill(yaml)
  await page.getByText('Check and try').click()
  await page.locator('.tried h3').first().waitFor()
}

describe('a command line', () => {
  const commands = [{ name: 'quote', options: [{ name: 'speaker' }, { name: 'about' }] }, { name: 'help' }]

  test.each([
    ['/quote speaker: Kerry', { speaker: 'Kerry' }],
    ['/quote speaker: Juan Zarate about: airstrikes', { speaker: 'Juan Zarate', about: 'airstrikes' }],
    ['/quote about:no one  speaker:Kerry ', { about: 'no one', speaker: 'Kerry' }],
    ['/quote Kerry about: what about: it', { speaker: 'Kerry', about: 'it' }],
    ['/quote', {}],
    ['/quote http://speaker: a', { speaker: 'http://speaker: a' }],
  ])('is read with its options: %s', (typed, options) => {
    expect(parseCommandLine(typed, commands)).toEqual({ command: 'quote', options })
  })

  test.each(['/sing', 'quote speaker: Kerry', '', '/', '/quotes'])('is none where it names no command: %s', (typed) => {
    expect(parseCommandLine(typed, commands)).toBeUndefined()
  })

  test('is read as it was written', () => {
    const line = { command: 'quote', options: { speaker: 'Kerry', about: 'Iran' } }
    expect(parseCommandLine(formatCommandLine(line), commands)).toEqual(line)
  })
})

describe('the server', () => {
  const json = { 'Content-Type': 'application/json' }
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    app.fetch(new Request(`http://127.0.0.1${path}`, { method: 'POST', body, headers }))

  test('lets the page load nothing from elsewhere and run nothing that is written into it', async () => {
    const policy = (await app.fetch(new Request('http://127.0.0.1/'))).headers.get('Content-Security-Policy')
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "style-src-attr 'unsafe-hashes' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
      "font-src 'self'",
      "connect-src 'self'",
      "img-src 'self' blob:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types lit-html',
    ])
  })

  test('builds the page once for the same sources', async () => {
    const built = await buildPage()
    const { mtimeMs } = statSync(built)
    expect(await buildPage()).toBe(built)
    expect(statSync(built).mtimeMs).toBe(mtimeMs)
  })

  test.each(['/nothing', '/%2e%2e%2f%2e%2e%2fpackage.json', '/..%5c..%5cpackage.json'])(
    'serves nothing but the page: %s',
    async (path) => {
      expect((await app.fetch(new Request(`http://127.0.0.1${path}`))).status).toBe(404)
    },
  )

  test('makes a key that opens its own door only', async () => {
    const { secret } = await (await app.fetch(new Request('http://127.0.0.1/setup.json'))).json()
    const timestamp = String(Math.floor(Date.now() / 1000))
    const signature = Buffer.from(sign(Buffer.from(`${timestamp}{"id":"1","type":1}`), Buffer.from(secret, 'hex')))
    const signed = { ...json, 'X-Signature-Ed25519': signature.toString('hex'), 'X-Signature-Timestamp': timestamp }
    expect((await post('/interactions', '{"id":"1","type":1}', signed)).status).toBe(200)
    app = open()
    expect((await post('/interactions', '{"id":"1","type":1}', signed)).status).toBe(401)
  })

  test('refuses an interaction that is not signed', async () => {
    expect((await post('/interactions', '{"type":1}', json)).status).toBe(401)
  })

  test('refuses an entry that another site posts', async () => {
    const headers = { Origin: 'https://elsewhere.example', 'Content-Type': 'text/plain' }
    expect((await post('/entries', entry, headers)).status).toBe(403)
  })

  test('refuses an entry that is too long', async () => {
    expect((await post('/entries', '#'.repeat(70_000), { 'Content-Type': 'application/yaml' })).status).toBe(413)
  })

  test.each([
    ['a field that is misspelt', entry.replace('gives:', 'give:')],
    ['a phrasing that the store has', entry.replace('buoy colour', 'who will watch the buoy')],
    ['an id that the store has', entry.replace('colour-of-the-buoy', 'buoy-agreed')],
    ['no list', 'question: What?'],
    ['no YAML', '- id: [x'],
    ['an open end', '- id: *nowhere'],
  ])('refuses an entry with %s in the words of the knowledge check', async (_, yaml) => {
    let problems: unknown
    try {
      parseKnowledge({ ...readFiles(corpus.dir), 'questions/pasted.yaml': yaml })
    } catch (error) {
      problems = error instanceof KnowledgeError ? error.problems : error
    }
    const response = await post('/entries', yaml, { 'Content-Type': 'application/yaml' })
    expect(await response.json()).toEqual({ problems })
  })

  test('says that it forgot a pasted entry', async () => {
    expect((await post('/interactions?store=gone', '{}', json)).status).toBe(410)
  })
})

describe('the first visit', () => {
  test('offers three questions that are answered and one that is refused, each on a click', async () => {
    const page = await visit()
    const examples = page.locator('.example')
    expect(await examples.count()).toBe(4)
    for (const at of [0, 1, 2]) {
      await examples.nth(at).click()
      await posts(page).nth(at).locator('small a').first().waitFor()
      expect(await last(page).locator('.only-you').count()).toBe(0)
    }
    await examples.nth(3).click()
    await last(page).locator('.only-you').waitFor()
    expect(await posts(page).count()).toBe(4)
  })

  test.each([
    ['/?ask=Where+will+the+second+round+take+place', 'Where will the second round take place?'],
    ['/?run=%2Fquote+speaker%3AFeldmark', 'Quotations: Oda Feldmark'],
  ])('runs what the address asks: %s', async (path, expected) => {
    const page = await visit(path)
    await title(page).waitFor()
    expect((await title(page).textContent())?.trim()).toBe(expected)
  })

  test('says so where the address asks for a command that there is not', async () => {
    const page = await visit('/?run=%2Fsing')
    expect(await page.getByRole('alert').textContent()).toContain('There is no command “/sing”')
  })

  test('links from a reply to itself', async () => {
    const page = await visit('/?run=%2Fquote+speaker%3AFeldmark')
    await last(page).hover()
    await last(page).getByLabel('Link to this reply').click()
    await title(page).waitFor()
    expect((await title(page).textContent())?.trim()).toBe('Quotations: Oda Feldmark')
  })
})

describe('the keyboard alone', () => {
  test.each([
    ['/ask', ['Where will the second round take place', 'Enter'], 'Where will the second round take place?'],
    ['/who-attended', ['Enter'], 'Who attended: Pier house talks (6 June 2019)'],
    ['/quote', ['Feldmark', 'Enter'], 'Quotations: Oda Feldmark'],
    ['/timeline', ['from:', '4 June', 'Enter'], 'Timeline · from 4 June 2019'],
    ['/position', ['Veshtar', 'Enter'], 'Positions: Veshtar'],
    ['/who-is', ['Revik', 'Enter'], 'Tomas Revik'],
    ['/differences', ['Enter'], 'Where the articles differ'],
    ['/sources', ['Enter'], 'Sources'],
    ['/help', ['Enter'], 'What you can ask'],
  ])('runs %s', async (command, more, expected) => {
    const page = await visit()
    await keys(page, command, 'Enter', ...more)
    await title(page).waitFor()
    expect((await title(page).textContent())?.trim()).toBe(expected)
    expect(await seen(last(page).locator('discord-embed'))).not.toMatch(/\*\*|^\s*(#|-#|>)|\]\(/m)
  })

  test('asks what is no command', async () => {
    const page = await visit()
    await keys(page, 'where is the second round', 'Enter')
    await last(page).waitFor()
    expect(await seen(last(page).locator('.asked'))).toContain('/ask question: where is the second round')
  })

  test('lists the commands on /, with what they are for', async () => {
    const page = await visit()
    await keys(page, '/')
    const listed = await choices(page)
    expect(listed).toHaveLength(9)
    expect(listed[0]).toMatch(/^\/ask Ask about/)
    await keys(page, 'quo')
    expect(await choices(page)).toEqual(['/quote What someone said about the talks, word for word'])
  })

  test('takes a choice with arrows and Enter, and goes on to the next option', async () => {
    const page = await visit()
    await keys(page, '/quote', 'Enter', 'fel')
    await expect.poll(async () => (await choices(page))[0]).toBe('Oda Feldmark (2 quotations)')
    await keys(page, 'ArrowDown', 'Enter')
    await page.locator('#more:focus').waitFor()
    await keys(page, 'ArrowDown', 'Enter', 'exp')
    await page.locator('#option-about:focus').waitFor()
    await keys(page, 'Tab')
    await page.locator('#more:focus').waitFor()
    await keys(page, 'Enter')
    await title(page).waitFor()
    expect(sent[0]?.data.options?.map(({ value }) => value)).toEqual(['Oda Feldmark', 'expectations'])
  })

  test('takes the first choice with Tab, even before it has come', async () => {
    const page = await visit()
    await keys(page, '/who-is', 'Enter', 'rev', 'Tab')
    await page.locator('#more:focus').waitFor()
    expect(await page.locator('#option-person').inputValue()).toBe('Tomas Revik')
  })

  test('asks the bot for choices when typing rests, not at every letter', async () => {
    const page = await visit()
    await keys(page, '/who-is', 'Enter')
    await offered(page)
    await page.keyboard.type('feldmark', { delay: 20 })
    const asked = () => sent.map(({ data }) => data.options?.find(({ focused }) => focused)?.value)
    await expect.poll(asked).toContain('feldmark')
    expect(asked().length).toBeLessThan(8)
  })

  test('closes the list with Escape, and leaves the command with another', async () => {
    const page = await visit()
    await keys(page, '/who-is', 'Enter')
    await offered(page)
    await keys(page, 'Escape')
    expect(await lines(page).count()).toBe(0)
    await keys(page, 'Escape')
    await page.locator('#words:focus').waitFor()
    expect(await page.locator('#words').inputValue()).toBe('')
  })

  test('goes back from an empty option with Backspace', async () => {
    const page = await visit()
    await keys(page, '/quote', 'Enter', 'Backspace')
    expect(await page.locator('#words').inputValue()).toBe('/quote')
  })

  test('says which option is missing', async () => {
    const page = await visit()
    await keys(page, '/quote', 'Enter')
    await offered(page)
    await keys(page, 'Escape', 'Enter')
    expect(await page.getByRole('alert').textContent()).toContain('“speaker” is required')
    expect(sent.every(({ type }) => type === 4)).toBe(true)
  })

  test('aims an answer at someone', async () => {
    const page = await visit()
    await keys(page, '/sources', 'Enter', 'for', 'Enter', 'A', 'Enter', 'Enter')
    await title(page).waitFor()
    expect(await last(page).locator('.mention').textContent()).toBe('@Ada')
  })

  test('presses a button, and keeps its place', async () => {
    app = open(real.dir)
    const page = await visit('/?run=%2Ftimeline')
    await title(page).waitFor()
    const first = await seen(last(page).locator('discord-embed-description'))
    await button(last(page), 'Next').focus()
    await keys(page, 'Enter')
    await last(page).locator('discord-embed-footer', { hasText: 'Page 2' }).waitFor()
    expect(await seen(last(page).locator('discord-embed-description'))).not.toBe(first)
    expect(await button(last(page), '◀ Back').isEnabled()).toBe(true)
    expect(await posts(page).count()).toBe(1)
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toMatch(/Next|Back/)
  })
})

describe('a reply', () => {
  test('that is private is shared with a click, and both stay', async () => {
    const page = await visit('/?run=%2Fquote+speaker%3AFeldmark+private%3Atrue')
    await last(page).locator('.only-you').waitFor()
    await button(last(page), 'Share').click()
    await posts(page).nth(1).waitFor()
    expect(await last(page).locator('.only-you').count()).toBe(0)
    expect(await button(last(page), 'Take back').count()).toBe(1)
  })

  test('that is public is taken back to one line', async () => {
    const page = await visit('/?run=%2Fquote+speaker%3AFeldmark')
    await button(last(page), 'Take back').click()
    await last(page).locator('.content', { hasText: 'Taken back' }).waitFor()
    expect(await last(page).locator('discord-embed, discord-button').count()).toBe(0)
    await page.locator('#words:focus').waitFor()
  })

  test('that refuses is private, can be dismissed, and offers what is known', async () => {
    const page = await visit('/?ask=Why+did+Ulmland+abolish+the+toll%3F')
    await last(page).locator('.only-you').waitFor()
    await last(page).locator('discord-button').first().click()
    await posts(page).nth(1).waitFor()
    await posts(page).first().getByText('Dismiss message').click()
    expect(await posts(page).count()).toBe(1)
  })

  test('changes in its place when another choice of its menu is taken', async () => {
    const page = await visit('/?run=%2Fwho-attended')
    const menu = last(page).locator('select')
    const [label = ''] = await menu.locator('option:not([hidden])').allInnerTexts()
    await menu.selectOption({ label })
    await title(page).filter({ hasText: label }).waitFor()
    expect(await posts(page).count()).toBe(1)
  })

  test('opens its sources in a tab of their own that learns nothing of the page', async () => {
    const page = await visit('/?run=%2Fquote+speaker%3AFeldmark')
    const link = last(page).locator('small a').first()
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/herald\.example\/.*#:~:text=/)
    expect([await link.getAttribute('target'), await link.getAttribute('rel')]).toEqual(['_blank', 'noreferrer'])
  })

  test('shows the pictures and files that come with it', async () => {
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    const page = await visit()
    await page.route('**/interactions*', async (route) => {
      const http = createHttp({
        publicKey: await publicKeyOf(page),
        bot: async () => ({
          json: new TextEncoder().encode(
            JSON.stringify({
              type: 4,
              data: {
                embeds: [{ title: 'With a picture', image: { url: 'attachment://seats.png' } }],
                attachments: [{ id: '0', filename: 'seats.png', description: 'Who sat where' }],
              },
            }),
          ),
          files: [
            { name: 'seats.png', type: 'image/png', bytes: pixel },
            { name: 'seats.csv', type: 'text/csv', bytes: new TextEncoder().encode('a,b') },
          ],
        }),
      })
      const request = route.request()
      const response = await http.fetch(
        new Request(request.url(), { method: 'POST', headers: request.headers(), body: request.postData() }),
      )
      await route.fulfill({
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: Buffer.from(await response.arrayBuffer()),
      })
    })
    await keys(page, '/sources', 'Enter', 'Enter')
    const picture = last(page).locator('img.picture')
    await picture.waitFor()
    expect(await picture.getAttribute('alt')).toBe('Who sat where')
    expect(
      await picture.evaluate(
        async (image) => image instanceof HTMLImageElement && (await image.decode().then(() => image.naturalWidth)),
      ),
    ).toBe(1)
    expect(await last(page).locator('a.file').getAttribute('download')).toBe('seats.csv')
  })

  test('comes from a server that was started anew under an open page', async () => {
    const page = await visit()
    app = open()
    wrong = []
    await keys(page, '/sources', 'Enter', 'Enter')
    await title(page).waitFor()
    // The browser notes the refusal of the old key.
    expect(wrong).toEqual([expect.stringContaining('401')])
    wrong = []
  })
})

describe('the inspector', () => {
  test('shows the interaction as Discord sends it, and the response', async () => {
    const page = await visit('/?run=%2Fquote+speaker%3AFeldmark')
    await last(page).hover()
    await last(page).getByLabel('Inspect this reply').click()
    await page.getByRole('tab', { name: 'JSON' }).click()
    const interaction: unknown = JSON.parse(
      await seen(page.getByLabel('Interaction', { exact: true }).locator('visible=true').last()),
    )
    expect(interaction).toMatchObject({
      type: 2,
      version: 1,
      application_id: expect.stringMatching(/^\d{17,20}$/),
      token: expect.any(String),
      channel: { type: 0 },
      member: { user: { id: expect.stringMatching(/^\d{17,20}$/) }, permissions: expect.any(String) },
      data: { name: 'quote', type: 1, options: [{ name: 'speaker', type: 3, value: 'Feldmark' }] },
      entitlements: [],
      context: 0,
    })
    const response: unknown = JSON.parse(await seen(page.getByLabel('Response')))
    expect(response).toMatchObject({ type: 4, data: { embeds: [{ title: 'Quotations: Oda Feldmark' }] } })
  })

  test('says which words of a question were understood, mended and unknown, and which entries came closest', async () => {
    const page = await visit('/?ask=who+sat+at+the+peir+house+yesterdayish')
    await last(page).waitFor()
    await page.getByLabel('Inspector').first().click()
    await page.locator('.best li').nth(2).waitFor()
    const panel = await seen(page.locator('#tabpanel'))
    expect(panel).toMatch(/Understood[\s\S]*Mended\s+peir → pier[\s\S]*Unknown\s+yesterdayish/)
    expect(await seen(page.locator('.best li').first())).toMatch(
      /Who sat at the pier house\? \d+\.\d\d\s+pier-house-attendees/,
    )
  })

  test('goes from tab to tab with the arrows and closes with Escape', async () => {
    const page = await visit()
    await page.getByLabel('Inspector').first().click()
    await page.getByRole('tab', { name: 'Why' }).focus()
    await keys(page, 'ArrowRight', 'ArrowRight')
    expect(await page.getByRole('tab', { name: 'Try an entry' }).getAttribute('aria-selected')).toBe('true')
    await keys(page, 'Escape')
    expect(await page.getByRole('tabpanel').count()).toBe(0)
  })
})

describe('an entry that is tried', () => {
  test('answers on this page until it is reloaded', async () => {
    const page = await visit()
    await paste(page, entry)
    expect(await seen(page.locator('.tried'))).toContain('What colour is the buoy?')
    await page.locator('#words').fill('buoy colour')
    await keys(page, 'Enter')
    await title(page).waitFor()
    expect((await title(page).textContent())?.trim()).toBe('What colour is the buoy?')
    await button(last(page), 'Take back').click()
    await last(page).locator('.content', { hasText: 'Taken back' }).waitFor()

    await visit()
    await page.locator('#words').fill('buoy colour')
    await keys(page, 'Enter')
    await last(page).waitFor()
    expect(await page.getByText('What colour is the buoy?').count()).toBe(0)
  })

  test('is told apart from what the store answers already', async () => {
    const page = await visit()
    await paste(page, entry.replace('buoy colour', 'what was agreed on off tarn point then'))
    expect(await seen(page.locator('.tried'))).toMatch(
      /“what was agreed on off tarn point then” with “What was agreed on off Tarn point\?” questions\/after\.yaml:\d+/,
    )
  })

  test('may say what the articles leave open', async () => {
    const page = await visit()
    await paste(
      page,
      entry.replace(
        /gives[\s\S]*?ask:/,
        'reason: absent\n  says: They name no colour.\n  nearest: [buoy-agreed]\n  ask:',
      ),
    )
    await page.locator('#words').fill('buoy colour')
    await keys(page, 'Enter')
    await last(page).getByText('They name no colour.').waitFor()
  })

  test('is refused with the line that is wrong, which a click leads to', async () => {
    const page = await visit()
    await paste(page, entry.replace('gives:', 'give:'))
    const line = page.locator('.tried').getByText('line 3')
    await line.first().click()
    const selected = await page.evaluate(() => {
      const box = document.activeElement
      return box instanceof HTMLTextAreaElement ? box.value.slice(box.selectionStart, box.selectionEnd) : ''
    })
    expect(selected).toBe('  give: [what]')
  })
})

/** Runs command lines, each written into the composer at once. */
async function runAll(page: Page, ...all: string[]): Promise<void> {
  for (const line of all) {
    const before = await posts(page).count()
    await page.locator('#words').fill(`${line} `)
    await keys(page, 'Enter')
    await posts(page).nth(before).waitFor()
  }
}

const replies = [
  '/timeline',
  '/who-attended',
  '/quote speaker: Feldmark private: true',
  '/ask question: Why did Ulmland abolish the toll?',
  '/differences',
  '/help',
  '/sources for: Ada',
]

/** Every screen of the page, and how to get there. */
const screens: readonly [string, (page: Page) => Promise<unknown>][] = [
  ['the first visit', async () => {}],
  ['the list of commands', (page) => keys(page, '/')],
  [
    'a list of choices',
    async (page) => {
      await keys(page, '/who-is', 'Enter')
      await offered(page)
      await keys(page, 'ArrowDown')
    },
  ],
  [
    'a missing option',
    async (page) => {
      await keys(page, '/quote', 'Enter')
      await offered(page)
      await keys(page, 'Escape', 'Enter')
    },
  ],
  [
    'replies of each kind, and one taken back',
    async (page) => {
      await runAll(page, ...replies)
      await button(last(page), 'Take back').click()
      await last(page).locator('.content', { hasText: 'Taken back' }).waitFor()
    },
  ],
  [
    'why an answer was given',
    async (page) => {
      await runAll(page, '/ask question: who sat at the pier house')
      await page.getByLabel('Inspector').first().click()
      await page.locator('.best li').first().waitFor()
    },
  ],
  [
    'what went over the wire',
    async (page) => {
      await runAll(page, '/timeline')
      await page.getByLabel('Inspector').first().click()
      await page.getByRole('tab', { name: 'JSON' }).click()
    },
  ],
  ['an entry in order', (page) => paste(page, entry.replace('buoy colour', 'what was agreed on off tarn point then'))],
  ['an entry to mend', (page) => paste(page, entry.replace('gives:', 'give:'))],
  [
    'a server that is gone',
    async (page) => {
      await page.route('**/interactions*', (route) => route.abort())
      await keys(page, '/help', 'Enter', 'Enter')
      await page.getByRole('alert').waitFor()
      wrong = []
    },
  ],
]

/** Whatever stands out of the screen, in the components' own trees too. */
function standingOut(): string[] {
  const found: string[] = []
  const visit = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) visit(element.shadowRoot)
      const { left, right, width, height } = element.getBoundingClientRect()
      if (
        width > 0 &&
        height > 0 &&
        (right > innerWidth + 1 || left < -1) &&
        getComputedStyle(element).visibility === 'visible'
      )
        found.push(`${element.tagName}.${element.className} ${Math.round(left)}–${Math.round(right)}`)
    }
  }
  visit(document)
  return found
}

describe('every screen', () => {
  test.each(screens)('has nothing that axe calls serious, in both themes, and fits a phone: %s', async (_, go) => {
    const page = await visit()
    await go(page)
    await page.evaluate(axe)
    for (const theme of ['Light theme', 'Dark theme']) {
      const results = await page.evaluate<AxeResults>('axe.run()')
      const serious = results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(
        serious.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('; ')}`,
        ),
      ).toEqual([])
      // A real click would close the list.
      await page.getByLabel(theme).dispatchEvent('click')
    }
    await page.setViewportSize(narrow)
    const out = await page.evaluate(standingOut)
    await page.setViewportSize(wide)
    expect(out).toEqual([])
  })
})

describe('on a phone', () => {
  test('a question is asked and a button pressed by touch', async () => {
    const page = await visit('/', phone)
    await page.locator('#words').fill('Why did Ulmland abolish the toll?')
    await page.getByLabel('Send').tap()
    await last(page).locator('discord-button').first().tap()
    await posts(page).nth(1).waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).not.toBe('words')
  })
})

/** The public half of the key that the page signs with. */
async function publicKeyOf(page: Page): Promise<string> {
  const { secret } = await (await page.request.get(`${server.url}/setup.json`)).json()
  return Buffer.from(getPublicKey(Buffer.from(secret, 'hex'))).toString('hex')
}
