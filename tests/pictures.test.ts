import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { describe, expect, onTestFinished, test } from 'vitest'
import * as z from 'zod'
import { letterWidths } from '../measure/font.ts'
import type { Answer, Picture } from '../src/answer.ts'
import { createBot, type Reply } from '../src/bot.ts'
import type { Context } from '../src/command.ts'
import { limits } from '../src/discord/limits.ts'
import { fontFiles } from '../src/pictures/fonts.ts'
import letters from '../src/pictures/inter/letters.json' with { type: 'json' }
import { createReader } from '../src/pictures/painted.ts'
import { createPainter, paintAll } from '../src/pictures/painter.ts'
import { drawAll } from '../src/pictures/pictures.ts'
import { encodePng } from '../src/pictures/png.ts'
import { wrap } from '../src/pictures/text.ts'
import { bodyOf, press, slash } from './interactions.ts'
import { start } from './program.ts'
import { ask } from './replies.ts'
import { corpus, openBot, openContext, real } from './stores.ts'

const font = { loadSystemFonts: false, fontFiles: Object.values(fontFiles) }
const fictional = openContext(corpus.dir)
const actual = openContext(real.dir)

/** Every picture that an answer of the store carries, and those of the whole store. */
function picturesOf(context: Context): Picture[] {
  const { knowledge, commands } = context
  const answer = (name: string, options: Record<string, string>): Answer | undefined =>
    commands.find((command) => command.name === name)?.answer(options, context)
  const answers = [
    ...[...knowledge.people, ...knowledge.parties, ...knowledge.meetings, ...knowledge.topics].map(({ name }) =>
      answer('timeline', { about: name }),
    ),
    ...knowledge.events.flatMap(({ when }) =>
      when.date ? [answer('timeline', { from: when.date.slice(0, 10) })] : [],
    ),
    ...knowledge.meetings.map(({ name }) => answer('who-attended', { meeting: name })),
    ...knowledge.parties.map(({ name }) => answer('position', { party: name })),
  ]
  const pictures = answers.flatMap((one) => (one?.outcome === 'answer' && one.picture ? [one.picture] : []))
  return [...new Map([...drawAll(knowledge), ...pictures].map((picture) => [picture.name, picture])).values()]
}

const fictionalPictures = picturesOf(fictional)
const actualPictures = picturesOf(actual)

describe('the drawing', () => {
  test.for([
    'timeline',
    'timeline-veshtar',
    'who-attended',
    'who-attended-marrow-round',
    'position',
    'position-veshtar',
  ])('of %s is the one in tests/pictures', async (name) => {
    const picture = fictionalPictures.find((one) => one.name === name)
    await expect(picture?.svg()).toMatchFileSnapshot(`pictures/${name}.svg`)
  })

  test('there is one for every meeting with more than one party, and every party with a position', () => {
    const names = actualPictures.map(({ name }) => name)
    const { meetings, positions } = actual.knowledge
    for (const { id, seats } of meetings) expect(names.includes(`who-attended-${id}`), id).toBe(seats.length > 1)
    for (const { party } of positions) expect(names).toContain(`position-${party}`)
    expect(names).toContain('timeline')
  })

  test.for([...fictionalPictures, ...actualPictures])(
    '$name: no text leaves the sheet, its box, or runs over another',
    ({ svg }) => {
      expect(faultsOf(svg())).toEqual([])
    },
  )

  test.for([
    {
      fault: 'runs over another',
      svg: '<text x="20" y="50" font-size="24">one</text><text x="40" y="50" font-size="24">two</text>',
    },
    { fault: 'leaves the sheet', svg: '<text x="770" y="50" font-size="24">one</text>' },
    {
      fault: 'leaves its box',
      svg: '<rect x="20" y="20" width="30" height="40"/><text x="22" y="50" font-size="24">one</text>',
    },
    { fault: 'is crossed by a line', svg: '<path d="M30 20V80"/><text x="22" y="50" font-size="24">one</text>' },
    { fault: 'is tiny', svg: '<text x="22" y="50" font-size="20">one</text>' },
  ])('the check finds a text that $fault', ({ fault, svg }) => {
    const sheet = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="100">'
    expect(faultsOf(`${sheet}${svg}</svg>`).join()).toContain(fault)
  })

  test.for([...fictionalPictures, ...actualPictures])('$name: says in words what it shows', ({ alt }) => {
    expect(alt).toMatch(/^(Time axis of|Seating chart:|Chart of) .+[.…]$/s)
    expect(alt.length).toBeLessThanOrEqual(limits.attachmentDescription)
  })

  test.for([fictional, actual])(
    'the numbers on the time axis are those of the footnotes in the text',
    async (context) => {
      const [timeline] = drawAll(context.knowledge)
      const numbers = textsOf(timeline?.svg() ?? '')
        .filter(({ text, bold, anchor }) => bold && anchor === 'middle' && /^[\d–, ]+$/.test(text))
        .map(({ text }) => text)
      // The last one stands in the legend.
      expect(numbers.slice(0, -1).sort()).toEqual((await footnotesByEvent(context)).sort())
    },
  )

  test('the letters are as wide as the font has them', () => {
    expect(letters).toEqual(letterWidths())
  })

  test.for([
    { text: 'as short as it gets', width: 400, lines: ['as short as it gets'] },
    { text: 'lines of about one length', width: 250, lines: ['lines of about', 'one length'] },
    { text: 'more than there is any room for here', width: 120, lines: ['more than', 'there is…'] },
    { text: 'Donaudampfschifffahrtsgesellschaft', width: 200, lines: ['Donaudampfsc…'] },
    { text: '', width: 200, lines: [] },
  ])('“$text” is set in $lines.length lines', ({ text, width, lines }) => {
    expect(wrap(text, width, { size: 24 }, 2)).toEqual(lines)
  })
})

describe('the painting', () => {
  test.for(actualPictures)('$name: is 800 pixels wide and less than 200 kB', async (picture) => {
    const png = await createPainter()(picture)
    if (!png) throw new Error('not painted')
    expect(Buffer.from(png.subarray(0, 8)).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
    expect(new DataView(png.buffer).getUint32(16)).toBe(800)
    expect(png.length).toBeLessThan(200_000)
  })

  test.for(drawAll(actual.knowledge))('$name: takes less than 150 ms', async (picture) => {
    const times: number[] = []
    for (let turn = 0; turn < 4; turn++) {
      const before = process.cpuUsage()
      await createPainter()(picture)
      const { user, system } = process.cpuUsage(before)
      times.push((user + system) / 1000)
    }
    expect(Math.min(...times)).toBeLessThan(150)
  })

  test('the palette loses nothing', async () => {
    for (const picture of drawAll(fictional.knowledge)) {
      const png = Buffer.from((await createPainter()(picture)) ?? []).toString('base64')
      const { width, height, pixels } = new Resvg(picture.svg(), { font }).render()
      const again = new Resvg(
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${png}"/></svg>`,
      ).render()
      expect(Buffer.compare(again.pixels, pixels)).toBe(0)
    }
  })

  test.for([
    { name: 'more colours than a palette holds', width: 257, alpha: 255 },
    { name: 'colours that are not opaque', width: 2, alpha: 128 },
  ])('the palette is not for $name', async ({ width, alpha }) => {
    const pixels = Uint8Array.from({ length: width * 4 }, (_, at) =>
      at % 4 === 3 ? alpha : at % 4 === 0 ? at >> 2 : at >> 8,
    )
    expect(await encodePng(pixels, width, 1)).toBeUndefined()
  })

  test('each picture is drawn once, however many ask for it at a time, and the oldest is forgotten in the end', async () => {
    const paint = createPainter()
    let drawn = 0
    const picture = (name: string): Picture => ({
      name,
      alt: name,
      svg: () => {
        drawn++
        return '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1"/></svg>'
      },
    })
    await Promise.all([paint(picture('one')), paint(picture('one'))])
    expect(await paint(picture('one'))).toEqual(await paint(picture('one')))
    expect(drawn).toBe(1)
    for (let at = 0; at < 64; at++) await paint(picture(`other-${at}`))
    expect(drawn).toBe(65)
    await paint(picture('one'))
    expect(drawn).toBe(66)
  })

  test('what was painted beforehand is given without marks, and nothing else', async () => {
    const all = drawAll(fictional.knowledge)
    const read = createReader(await paintAll(all))
    for (const picture of all) expect(await read(picture)).toEqual(await createPainter()(picture))
    const named = (name: string): Picture | undefined => fictionalPictures.find((picture) => picture.name === name)
    const [marked, unmarked, filtered] = ['who-attended-marrow-round', 'who-attended', 'timeline-veshtar'].map(named)
    if (!marked || !unmarked || !filtered) throw new Error('the corpus lacks a picture')
    expect(await read(marked)).toEqual(await read(unmarked))
    expect(await read(filtered)).toBeUndefined()
  })
})

describe('the reply', () => {
  const context = { ...actual, paint: createPainter() }
  const bot = openBot(context)

  test.for([
    { command: 'timeline', options: {}, file: 'timeline.png' },
    { command: 'timeline', options: { about: 'Iran' }, file: 'timeline-iran.png' },
    { command: 'who-attended', options: { private: true }, file: 'who-attended-vienna-1.png' },
    { command: 'position', options: { party: 'Russia' }, file: 'position-russia.png' },
    { command: 'position', options: { party: 'Russia', topic: 'Iran at the talks' }, file: undefined },
    { command: 'who-attended', options: { meeting: 'Kirby briefing' }, file: undefined },
    { command: 'quote', options: { speaker: 'Kerry' }, file: undefined },
    { command: 'position', options: { party: 'Atlantis' }, file: undefined },
  ])('to /$command $options carries $file', async ({ command, options, file }) => {
    const reply = await bot(slash(command, options))
    expect(attachedTo(reply)).toEqual(
      file === undefined
        ? { attachments: undefined, image: undefined }
        : { attachments: [['0', file]], image: `attachment://${file}` },
    )
    expect(reply.files.map(({ name, type }) => [name, type])).toEqual(file === undefined ? [] : [[file, 'image/png']])
    await ask(bot, slash(command, options))
  })

  test('the picture goes when the page is turned, and comes back with the first one', async () => {
    const [, next] = (await ask(bot, slash('timeline'))).buttons
    const second = await bot(press(next?.custom_id ?? ''))
    expect([bodyOf(second).type, attachedTo(second), second.files]).toEqual([
      7,
      { attachments: [], image: undefined },
      [],
    ])
    const [back] = (await ask(bot, press(next?.custom_id ?? ''))).buttons
    const first = await bot(press(back?.custom_id ?? ''))
    expect([bodyOf(first).type, attachedTo(first).image, first.files.length]).toEqual([
      7,
      'attachment://timeline.png',
      1,
    ])
  })

  test('the picture goes when a menu leads to an answer without one, and when the answer is taken back', async () => {
    const { menus, buttons } = await ask(bot, slash('who-attended'))
    const briefing = menus[0]?.options.find(({ label }) => label.includes('Kirby'))
    const take = buttons.find(({ label }) => label === 'Take back')
    for (const click of [press(menus[0]?.custom_id ?? '', briefing?.value), press(take?.custom_id ?? '')]) {
      const reply = await bot(click)
      expect([bodyOf(reply).type, attachedTo(reply), reply.files]).toEqual([
        7,
        { attachments: [], image: undefined },
        [],
      ])
    }
  })

  test('Share shares the picture too', async () => {
    const share = (await ask(bot, slash('who-attended', { private: true }))).buttons.find(
      ({ label }) => label === 'Share',
    )
    const reply = await bot(press(share?.custom_id ?? ''))
    expect([bodyOf(reply).type, attachedTo(reply).image, reply.files.length]).toEqual([
      4,
      'attachment://who-attended-vienna-1.png',
      1,
    ])
  })

  test.for([
    { name: 'there is no painter', paint: undefined, logged: 0 },
    { name: 'the painter has it not', paint: async () => undefined, logged: 0 },
    { name: 'the painter fails', paint: () => Promise.reject(new Error('no paint')), logged: 1 },
  ])('where $name the same words go without', async ({ paint, logged }) => {
    const errors: unknown[] = []
    const without = createBot({ ...actual, paint }, { info: () => {}, error: ({ bug }) => errors.push(bug) })
    const reply = await without(slash('timeline'))
    expect([attachedTo(reply), reply.files]).toEqual([{ attachments: undefined, image: undefined }, []])
    expect((await ask(without, slash('timeline'))).description).toBe((await ask(bot, slash('timeline'))).description)
    expect(errors.length).toBe(logged * 2)
  })
})

describe('npm run pictures', () => {
  test('writes each picture as PNG and as SVG that brings its font', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'pictures-'))
    onTestFinished(() => rmSync(dir, { recursive: true }))
    const { code, lines } = await start('src/cli/pictures.ts', {}, join(dir, 'new')).ended
    expect(code).toBe(0)
    for (const [at, { name, alt }] of drawAll(fictional.knowledge).entries()) {
      expect(lines[at]).toContain(alt)
      expect(readFileSync(join(dir, 'new', `${name}.png`)).length).toBeGreaterThan(10_000)
      expect(readFileSync(join(dir, 'new', `${name}.svg`), 'utf8')).toContain('@font-face{font-family:Inter;')
    }
  })

  test('says how it is called', async () => {
    const { code, stderr } = await start('src/cli/pictures.ts', {}, '--help').ended
    expect([code, stderr]).toEqual([expect.any(Number), 'npm run pictures -- [DIR]\n'])
    expect(code).not.toBe(0)
    expect(existsSync('tests/--help')).toBe(false)
  })
})

function attachedTo(reply: Reply): { attachments: unknown; image: unknown } {
  const { data } = z
    .object({
      data: z.object({
        attachments: z.array(z.object({ id: z.string(), filename: z.string() })).optional(),
        embeds: z.array(z.object({ image: z.object({ url: z.string() }).optional() })),
      }),
    })
    .parse(bodyOf(reply))
  return {
    attachments: data.attachments?.map(({ id, filename }) => [id, filename]),
    image: data.embeds[0]?.image?.url,
  }
}

/** The numbers of each event's footnotes, from all pages of the rendered timeline: "7–9". */
async function footnotesByEvent(context: Context): Promise<string[]> {
  const bot = openBot(context)
  const found: string[] = []
  let page = await ask(bot, slash('timeline'))
  for (;;) {
    for (const line of page.description.split('\n').filter((one) => !one.startsWith('-# '))) {
      const numbers = (line.match(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g) ?? []).map((one) =>
        Number([...one].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)).join('')),
      )
      if (numbers.length === 0) continue
      const spans: number[][] = []
      for (const number of numbers.sort((a, b) => a - b)) {
        if (spans.at(-1)?.at(-1) === number - 1) spans.at(-1)?.push(number)
        else spans.push([number])
      }
      found.push(spans.map((span) => (span.length > 1 ? `${span[0]}–${span.at(-1)}` : `${span[0]}`)).join(', '))
    }
    const next = page.buttons.find(({ label }) => label.startsWith('Next'))
    if (!next || next.disabled) return found
    page = await ask(bot, press(next.custom_id))
  }
}

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** What is wrong with the texts of a drawing, by the boxes that the painter gives them. */
function faultsOf(svg: string): string[] {
  const texts = textsOf(svg).map((one) => ({ ...one, box: boxOf(one) }))
  const [, width = 0, height = 0] = (/<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg) ?? []).map(Number)
  const faults: string[] = []
  for (const [at, { text, size, box }] of texts.entries()) {
    if (size < 24) faults.push(`“${text}” is tiny`)
    if (box.left < 16 || box.top < 8 || box.right > width - 16 || box.bottom > height - 8)
      faults.push(`“${text}” leaves the sheet`)
    for (const other of texts.slice(at + 1))
      if (meet(box, other.box)) faults.push(`“${text}” runs over another: “${other.text}”`)
    for (const shape of shapesOf(svg))
      if (meet(box, shape) && !within(box, shape)) faults.push(`“${text}” leaves its box`)
    for (const line of linesOf(svg)) if (meet(box, line)) faults.push(`“${text}” is crossed by a line`)
  }
  return faults
}

interface Text {
  text: string
  x: number
  y: number
  size: number
  bold: boolean
  anchor: string
}

function textsOf(svg: string): Text[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = '', text = '']) => ({
    text,
    x: numberIn(attributes, 'x'),
    y: numberIn(attributes, 'y'),
    size: numberIn(attributes, 'font-size'),
    bold: attributes.includes('font-weight="700"'),
    anchor: /text-anchor="(\w+)"/.exec(attributes)?.[1] ?? 'start',
  }))
}

const measured = new Map<string, Box>()

function boxOf({ text, x, y, size, bold, anchor }: Text): Box {
  const key = `${text} ${size} ${bold}`
  const at0 = measured.get(key) ?? measure(text, size, bold)
  measured.set(key, at0)
  const shift = x - (anchor === 'end' ? at0.right : anchor === 'middle' ? (at0.left + at0.right) / 2 : 0)
  return { left: at0.left + shift, right: at0.right + shift, top: at0.top + y, bottom: at0.bottom + y }
}

function measure(text: string, size: number, bold: boolean): Box {
  const drawing = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="400" font-family="Inter"><text x="1000" y="200" font-size="${size}"${bold ? ' font-weight="700"' : ''}>${text}</text></svg>`,
    { font },
  )
  const box = drawing.getBBox()
  if (!box) throw new Error(`“${text}” draws nothing`)
  return { left: box.x - 1000, top: box.y - 200, right: box.x + box.width - 1000, bottom: box.y + box.height - 200 }
}

function shapesOf(svg: string): Box[] {
  const rects = [...svg.matchAll(/<rect x([^>]*)>/g)].map(([rect]) => {
    const [left, top] = [numberIn(rect, 'x'), numberIn(rect, 'y')]
    return { left, top, right: left + numberIn(rect, 'width'), bottom: top + numberIn(rect, 'height') }
  })
  const circles = [...svg.matchAll(/<circle ([^>]*)>/g)].map(([circle]) => {
    const [x, y, r] = [numberIn(circle, 'cx'), numberIn(circle, 'cy'), numberIn(circle, 'r')]
    return { left: x - r, top: y - r, right: x + r, bottom: y + r }
  })
  return [...rects, ...circles]
}

/** The strokes of the paths that are made of straight, upright and level ones. */
function linesOf(svg: string): Box[] {
  return [...svg.matchAll(/ d="M([\d.]+) ([\d.]+)((?:[HVL][\d. ]+)+)"/g)].flatMap(([, x0, y0, rest = '']) => {
    let [x, y] = [Number(x0), Number(y0)]
    return [...rest.matchAll(/([HVL])([\d.]+)(?: ([\d.]+))?/g)].map(([, way, first, second]) => {
      const from = [x, y] as const
      if (way !== 'V') x = Number(first)
      if (way !== 'H') y = Number(way === 'V' ? first : second)
      return {
        left: Math.min(from[0], x) - 1,
        right: Math.max(from[0], x) + 1,
        top: Math.min(from[1], y) - 1,
        bottom: Math.max(from[1], y) + 1,
      }
    })
  })
}

function numberIn(attributes: string, name: string): number {
  return Number(new RegExp(`(?:^|\\s)${name}="(-?[\\d.]+)"`).exec(attributes)?.[1])
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

function within(a: Box, b: Box): boolean {
  return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom
}
