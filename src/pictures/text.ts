import letters from './inter/letters.json' with { type: 'json' }

/** How a text is set; sizes in the picture's pixels, of which Discord on a phone shows about half. */
export interface Style {
  size: number
  weight?: 'regular' | 'bold'
  fill?: string
  anchor?: 'start' | 'middle' | 'end'
}

/** The font that the pictures are drawn with, and what is near it where a picture is opened without it. */
export const fontFamily = "Inter, 'Helvetica Neue', Arial, sans-serif"

const widths = {
  regular: new Map([...letters.letters].map((letter, at) => [letter, letters.regular[at]])),
  bold: new Map([...letters.letters].map((letter, at) => [letter, letters.bold[at]])),
}
/** For letters that the table lacks: as wide as the widest of most alphabets. */
const unknownWidth = 900

/** How wide a text is, without kerning: a little too much rather than too little. */
export function widthOf(text: string, { size, weight = 'regular' }: Style): number {
  let thousandths = 0
  for (const letter of text) thousandths += widths[weight].get(letter) ?? unknownWidth
  return (thousandths * size) / 1000
}

/** Breaks a text into lines of about one length; where it has more than `most`, the last one ends in an ellipsis. */
export function wrap(text: string, width: number, style: Style, most: number): string[] {
  const words = text.split(/\s+/).filter(Boolean)
  const lines = fill(words, width, style)
  if (lines.length > most)
    return lines.slice(0, most).map((line, at) => (at === most - 1 ? clip(line, width, style, true) : line))
  // The narrowest that takes no line more leaves no word alone on the last one.
  let best = lines
  for (let narrower = width * 0.95; narrower > width / 2; narrower *= 0.95) {
    const tried = fill(words, narrower, style)
    if (tried.length > lines.length || tried.some((line) => widthOf(line, style) > width)) break
    best = tried
  }
  return best.map((line) => clip(line, width, style, false))
}

function fill(words: readonly string[], width: number, style: Style): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || widthOf(longer, style) <= width) {
      line = longer
    } else {
      lines.push(line)
      line = word
    }
  }
  return line === '' ? lines : [...lines, line]
}

/** Cuts a line that is too wide, at a letter where it is one long word. */
function clip(line: string, width: number, style: Style, goesOn: boolean): string {
  if (!goesOn && widthOf(line, style) <= width) return line
  let text = line
  while (text !== '' && widthOf(`${text}…`, style) > width)
    text = text.includes(' ') ? text.slice(0, text.lastIndexOf(' ')) : [...text].slice(0, -1).join('')
  return `${text.replace(/[\s.,;:–—]+$/, '')}…`
}

/** A text at its baseline. */
export function textAt(x: number, y: number, text: string, style: Style): string {
  const { size, weight = 'regular', fill = '#1f2328', anchor = 'start' } = style
  const attributes = [
    `x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}"`,
    ...(weight === 'bold' ? ['font-weight="700"'] : []),
    ...(anchor === 'start' ? [] : [`text-anchor="${anchor}"`]),
  ]
  return `<text ${attributes.join(' ')}>${escapeXml(text)}</text>`
}

/** Whole tenths of a pixel keep the drawing short. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
