import { fileURLToPath } from 'node:url'

/** Inter (SIL Open Font License), with the letters of `letters.json` only: `node measure/font.ts` writes all three. */
export const fontFiles = {
  regular: fileURLToPath(new URL('inter/regular.ttf', import.meta.url)),
  bold: fileURLToPath(new URL('inter/bold.ttf', import.meta.url)),
}
