import type { Knowledge } from '../knowledge/store.ts'
import { escapeXml, fontFamily, type Style, textAt, wrap } from './text.ts'

/** Discord shows it about 400 wide on a phone, where the smallest text of 24 is then 12. */
export const sheet = { width: 800, margin: 32 } as const
export const inner = sheet.width - 2 * sheet.margin

export const ink = {
  text: '#1f2328',
  muted: '#57606a',
  line: '#c9d1d9',
  faint: '#f3f5f8',
  strong: '#2f6fde',
  deep: '#1b4a9c',
  soft: '#e3edfd',
} as const

export const small: Style = { size: 24, fill: ink.muted }
const titleStyle: Style = { size: 36, weight: 'bold' }

interface Content {
  title: string
  subtitle: string
  /** Draws from `top` on, and says where it ends. */
  draw: (top: number) => Drawn
}

export interface Drawn {
  svg: string
  bottom: number
}

/** A sheet with a ground of its own, so that it reads the same on a dark page and on a light one. */
export function drawSheet({ title, subtitle, draw }: Content, knowledge: Knowledge): string {
  const head = lines(wrap(title, inner, titleStyle, 2), sheet.margin, 24, 44, titleStyle)
  const sub = lines(wrap(subtitle, inner, small, 3), sheet.margin, head.bottom + 4, 32, small)
  const body = draw(sub.bottom + 20)
  const from = `From ${knowledge.articles.map(({ outlet }) => outlet).join(', ')}`
  const foot = lines(wrap(from, inner, small, 2), sheet.margin, body.bottom + 20, 32, small)
  const height = Math.ceil(foot.bottom + 20)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${sheet.width}" height="${height}" viewBox="0 0 ${sheet.width} ${height}" font-family="${escapeXml(fontFamily)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${sheet.width}" height="${height}" fill="#ffffff"/>`,
    head.svg,
    sub.svg,
    body.svg,
    foot.svg,
    '</svg>\n',
  ].join('\n')
}

/** Lines of text under each other, the first line's box beginning at `top`. */
export function lines(texts: readonly string[], x: number, top: number, height: number, style: Style): Drawn {
  return {
    svg: texts.map((text, at) => textAt(x, top + at * height + baseline(height, style), text, style)).join('\n'),
    bottom: top + texts.length * height,
  }
}

/** Where in a line of this height its letters stand: capitals in the middle. */
export function baseline(height: number, { size }: Style): number {
  return height / 2 + size * 0.364
}
