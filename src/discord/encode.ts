import type { Reply } from '../bot.ts'

const json = 'application/json'
/** In JSON no line begins with it, since JSON here is one line; in a picture it doesn't come by chance. */
const boundary = 'vienna-talks-5b0d7c41e8f29a36'
const utf8 = new TextEncoder()

/** A reply as Discord reads it: JSON, or a form with the JSON and the files that it names. */
export function encodeReply({ json: text, files }: Reply): { type: string; body: Uint8Array<ArrayBuffer> } {
  if (files.length === 0) return { type: json, body: text }
  // Written here because a FormData takes six times as long, and Node throws where nobody can catch it when whoever
  // reads one hangs up.
  const parts = [
    part('name="payload_json"', json),
    text,
    ...files.flatMap(({ name, type, bytes }, at) => [part(`name="files[${at}]"; filename="${name}"`, type), bytes]),
    utf8.encode(`\r\n--${boundary}--\r\n`),
  ]
  const body = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const one of parts) {
    body.set(one, at)
    at += one.length
  }
  return { type: `multipart/form-data; boundary=${boundary}`, body }
}

function part(disposition: string, type: string): Uint8Array<ArrayBuffer> {
  return utf8.encode(
    `\r\n--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\n\r\n`,
  )
}
