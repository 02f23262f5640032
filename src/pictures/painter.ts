import type { Picture } from '../answer.ts'
import type { Paint } from '../command.ts'
import { fontFiles } from './fonts.ts'
import type { Painted } from './painted.ts'
import { encodePng } from './png.ts'

/** Pictures are kept, and the one not asked for longest is forgotten. */
const most = 64

/** A painter for one store: each picture is drawn and painted once. */
export function createPainter(): Paint {
  const painted = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
  return (picture) => {
    const known = painted.get(picture.name) ?? paint(picture.svg())
    painted.delete(picture.name)
    painted.set(picture.name, known)
    for (const oldest of painted.keys()) {
      if (painted.size <= most) break
      painted.delete(oldest)
    }
    return known
  }
}

/** Paints pictures for a place that can't. */
export async function paintAll(pictures: readonly Picture[]): Promise<Painted> {
  const painted = pictures.map(async ({ name, svg }) => [name, Buffer.from(await paint(svg())).toString('base64')])
  return Object.fromEntries(await Promise.all(painted))
}

async function paint(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded for the first picture: a bot that is asked for none starts without it.
  const { renderAsync } = await import('@resvg/resvg-js')
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: Object.values(fontFiles), defaultFontFamily: 'Inter' },
  })
  return (await encodePng(image.pixels, image.width, image.height)) ?? new Uint8Array(image.asPng())
}
