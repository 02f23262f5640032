/** npm run pictures [DIR]: writes the pictures of the whole store into a folder, as PNG and as SVG, for slides. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import dotenv from 'dotenv'
import { parseConfig } from '../config.ts'
import { readKnowledge } from '../knowledge/read.ts'
import { fontFiles } from '../pictures/fonts.ts'
import { createPainter } from '../pictures/painter.ts'
import { drawAll } from '../pictures/pictures.ts'
import { run, UsageError } from './run.ts'

await run(async () => {
  const [dir = 'pictures', ...more] = process.argv.slice(2)
  if (dir.startsWith('-') || more.length > 0) throw new UsageError('npm run pictures -- [DIR]')
  dotenv.config({ quiet: true })
  const paint = createPainter()
  mkdirSync(dir, { recursive: true })
  for (const picture of drawAll(await readKnowledge(parseConfig(process.env).KNOWLEDGE_DIR))) {
    writeFileSync(join(dir, `${picture.name}.svg`), withFont(picture.svg()))
    const png = await paint(picture)
    if (png) writeFileSync(join(dir, `${picture.name}.png`), png)
    process.stdout.write(`${join(dir, picture.name)}.png and .svg: ${picture.alt}\n`)
  }
})

/** With the font in it, so that the file looks the same wherever it is opened. */
function withFont(svg: string): string {
  const faces = Object.entries({ 400: fontFiles.regular, 700: fontFiles.bold }).map(
    ([weight, file]) =>
      `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/ttf;base64,${readFileSync(file).toString('base64')})}`,
  )
  return svg.replace('>', `><style>${faces.join('')}</style>`)
}
