import * as z from 'zod'
import { fileSchemas } from './schema.ts'

/** The JSON Schemas that editors complete and check YAML by: the text of each `NAME.schema.json`, by file name. */
export function jsonSchemas(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fileSchemas).map(([name, schema]) => [
      `${name}.schema.json`,
      // Draft 7 is what editors' YAML support knows best.
      `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }), null, 2)}\n`,
    ]),
  )
}
