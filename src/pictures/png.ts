import { promisify } from 'node:util'
import { crc32, deflate } from 'node:zlib'

const compress = promisify(deflate)
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const maxColours = 256
const opaque = 0xff

/**
 * Opaque RGBA pixels as a PNG with a palette, without loss: less than half of what four bytes a pixel come to. Undefined
 * where there are more colours than a palette holds.
 */
export async function encodePng(
  pixels: Uint8Array,
  width: number,
  height: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const view = new DataView(pixels.buffer, pixels.byteOffset, pixels.byteLength)
  const colours = new Map<number, number>()
  // Each line begins with its filter: 0, none, since indices have nothing in common with their neighbours.
  const lines = new Uint8Array((width + 1) * height)
  let colour = -1
  let index = 0
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0, to = y * (width + 1) + 1; x < width; x++, to++, at += 4) {
      const found = view.getUint32(at)
      if (found !== colour) {
        colour = found
        index = colours.get(found) ?? colours.size
        if (index === maxColours || (found & opaque) !== opaque) return undefined
        colours.set(found, index)
      }
      lines[to] = index
    }
  }
  const header = new Uint8Array(13)
  new DataView(header.buffer).setUint32(0, width)
  new DataView(header.buffer).setUint32(4, height)
  // 8 bits a pixel, each of them an index into the palette.
  header.set([8, 3, 0, 0, 0], 8)
  const palette = Uint8Array.from([...colours.keys()].flatMap((rgba) => [rgba >>> 24, rgba >>> 16, rgba >>> 8]))
  return Uint8Array.from(
    Buffer.concat([
      Uint8Array.from(signature),
      ...chunk('IHDR', header),
      ...chunk('PLTE', palette),
      ...chunk('IDAT', await compress(lines)),
      ...chunk('IEND', new Uint8Array()),
    ]),
  )
}

function chunk(type: string, data: Uint8Array): Uint8Array[] {
  const name = Buffer.from(type, 'latin1')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(data, crc32(name)))
  return [length, name, data, check]
}
