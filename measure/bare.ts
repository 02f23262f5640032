/** The least that an interactions endpoint on node:http can do: verify the signature and send a constant. */
import { createServer } from 'node:http'
import { createVerify } from '../src/transports/signature.ts'

const verify = createVerify(process.env.DISCORD_PUBLIC_KEY ?? '', Date.now)

createServer(async (request, response) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  const header = (name: string) => request.headers[name]?.toString()
  const refusal = await verify({
    signature: header('x-signature-ed25519'),
    timestamp: header('x-signature-timestamp'),
    body: new Uint8Array(Buffer.concat(chunks)).buffer,
  })
  response.writeHead(refusal === undefined ? 200 : 401, { 'Content-Type': 'application/json' }).end('{"type":1}')
}).listen(Number(process.env.PORT), '127.0.0.1')
