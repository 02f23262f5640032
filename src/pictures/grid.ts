import { baseline, type Drawn, ink, inner, lines, sheet, small } from './sheet.ts'
import { round, type Style, textAt, widthOf, wrap } from './text.ts'

interface Line {
  name: string
  /** What was asked for stands out. */
  marked?: boolean
}

export interface Grid {
  rows: readonly Line[]
  columns: readonly Line[]
  /** How wide the rows' names may get. */
  labels: number
  /** The sign at a place, drawn around its middle; empty where there is none. */
  cell: (row: number, column: number, x: number, y: number) => string
  legend: readonly { sign: (x: number, y: number) => string; text: string }[]
  /** How many rows there was no room for. */
  left: number
}

const label: Style = { size: 24 }
const lineHeight = 28
const widest = 92

/**
 * Rows by columns. The columns' names stand as stairs above them, the last one on top, each with a line down to its
 * column: names of any length stay horizontal and need no key.
 */
export function drawGrid({ rows, columns, labels, cell, legend, left: unseen }: Grid, top: number): Drawn {
  const pitch = Math.min((inner - labels) / columns.length, widest)
  const left = sheet.margin + labels
  const middle = (column: number): number => left + (column + 0.5) * pitch
  const right = left + columns.length * pitch

  const stairs: string[] = []
  const starts = new Map<number, number>()
  let y = top
  for (const [at, { name, marked }] of [...columns.entries()].reverse()) {
    const style: Style = { ...label, anchor: 'end', ...(marked ? { weight: 'bold', fill: ink.deep } : {}) }
    const end = middle(at) - 14
    const step = lines(wrap(name, end - sheet.margin, style, 3), end, y, lineHeight, style)
    stairs.push(step.svg)
    starts.set(at, y + lineHeight / 2)
    y = step.bottom + 2
  }

  const body = y + 12
  const drawn: string[] = []
  const grounds: string[] = []
  y = body
  for (const [at, { name, marked }] of rows.entries()) {
    const style: Style = marked ? { ...label, weight: 'bold', fill: ink.deep } : label
    const texts = wrap(name, labels - 24, style, 2)
    const height = Math.max(texts.length * lineHeight + 10, rows.length > 14 ? 36 : 42)
    if (marked)
      grounds.push(
        `<rect x="${sheet.margin - 12}" y="${y}" width="${round(right - sheet.margin + 24)}" height="${height}" rx="8" fill="${ink.soft}"/>`,
      )
    else if (at > 0) grounds.push(rule(sheet.margin, y, right, y, '#e3e7ec'))
    drawn.push(lines(texts, sheet.margin, y + (height - texts.length * lineHeight) / 2, lineHeight, style).svg)
    for (const column of columns.keys()) drawn.push(cell(at, column, round(middle(column)), round(y + height / 2)))
    y += height
  }

  for (const [at, { marked }] of columns.entries()) {
    const x = middle(at)
    const from = starts.get(at) ?? body
    if (marked)
      grounds.push(
        `<rect x="${round(x - pitch / 2 + 4)}" y="${body - 6}" width="${round(pitch - 8)}" height="${round(y - body + 12)}" rx="8" fill="${ink.soft}"/>`,
      )
    grounds.push(
      `<path d="M${round(x - 8)} ${round(from)}H${round(x)}V${round(y)}" fill="none" stroke="${marked ? ink.strong : ink.line}" stroke-width="2"/>`,
    )
  }
  const rest = lines(unseen === 0 ? [] : [`and ${unseen} more`], sheet.margin, y + 6, lineHeight, small)
  const key = drawLegend(legend, rest.bottom + 18)
  return { svg: [...grounds, ...stairs, ...drawn, rest.svg, key.svg].filter(Boolean).join('\n'), bottom: key.bottom }
}

/** Signs and what they mean, side by side as long as there is room. */
export function drawLegend(legend: Grid['legend'], top: number): Drawn {
  const height = 40
  const parts: string[] = []
  let x: number = sheet.margin
  let y = top
  for (const { sign, text } of legend) {
    const width = 42 + widthOf(text, small)
    if (x > sheet.margin && x + width > sheet.margin + inner) {
      x = sheet.margin
      y += height
    }
    parts.push(sign(x + 16, y + height / 2), textAt(x + 42, y + baseline(height, small), text, small))
    x += width + 28
  }
  return { svg: parts.join('\n'), bottom: y + height }
}

function rule(x1: number, y1: number, x2: number, y2: number, colour: string): string {
  return `<path d="M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}" stroke="${colour}" stroke-width="2"/>`
}
