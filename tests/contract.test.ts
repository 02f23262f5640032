import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { commands } from '../commands/index.ts'
import { bundleWorker } from '../src/bundle.ts'
import { startGateway } from '../src/transports/gateway.ts'
import { createHttp } from '../src/transports/http.ts'
import { createPlayground } from '../src/transports/playground.ts'
import { serve } from '../src/transports/serve.ts'
import { bot, context, describeContract, rows } from './contract.ts'
import { startFakeDiscord, token } from './fake-discord.ts'
import { send } from './replies.ts'
import { createSender, createSigner, type Signer } from './sender.ts'
import { corpus } from './stores.ts'
import { startWorkerd } from './workerd.ts'

const sender = await createSender()
const log = pino({ level: 'silent' })

async function post(origin: string, interaction: unknown, by: Signer = sender): Promise<string> {
  const response = await fetch(await by.request(origin, JSON.stringify(interaction)))
  if (!response.headers.get('content-type')?.startsWith('multipart/')) return response.text()
  const form = await response.formData()
  await checkFiles(form)
  return String(form.get('payload_json'))
}

/** The files are those that the JSON names, and PNGs. */
async function checkFiles(form: FormData): Promise<void> {
  const files = form.getAll('files[0]').filter((one) => one instanceof File)
  const named = z
    .object({ data: z.object({ attachments: z.array(z.object({ filename: z.string() })) }) })
    .parse(JSON.parse(String(form.get('payload_json'))))
  expect(files.map(({ name, type }) => ({ filename: name, type }))).toEqual(
    named.data.attachments.map(({ filename }) => ({ filename, type: 'image/png' })),
  )
  for (const file of files) expect((await file.bytes()).subarray(1, 4).toString()).toBe('80,78,71')
}

describe('the bot in memory', () => {
  test.for(rows)('$name: Discord takes the response', async ({ interaction }) => {
    await send(bot, interaction)
  })

  test('the table has every command, every option that completes, and presses of every kind', () => {
    const interactions = JSON.stringify(rows.map(({ interaction }) => interaction))
    for (const { name, completes } of commands) {
      expect(interactions).toContain(`"name":"${name}"`)
      for (const option of completes)
        expect(interactions).toContain(`{"name":"${option}","type":3,"value":"Revik","focused":true}`)
    }
    for (const action of ['t', 'o', 's', 'x', 'm'])
      expect(interactions).toMatch(new RegExp(`"custom_id":"${action}h?\\|`))
  })
})

describeContract('HTTP on Node', async () => {
  const listening = await serve(createHttp({ bot, publicKey: sender.publicKey }), { host: '127.0.0.1', port: 0 })
  return { send: (interaction) => post(listening.url, interaction), close: listening.close }
})

describeContract('HTTP on workerd', async () => {
  const code = await bundleWorker(context.knowledge)
  const { origin, close } = await startWorkerd(code, { DISCORD_PUBLIC_KEY: sender.publicKey })
  return { send: (interaction) => post(origin, interaction), close }
})

describeContract('the playground', async () => {
  const playground = createPlayground({ context, log, knowledgeDir: corpus.dir })
  const listening = await serve(playground, { host: '127.0.0.1', port: 0 })
  const setup = z.looseObject({ secret: z.string() }).parse(await (await fetch(`${listening.url}/setup.json`)).json())
  const signer = await createSigner(setup.secret)
  return { send: (interaction) => post(listening.url, interaction, signer), close: listening.close }
})

describeContract(
  'the gateway',
  async () => {
    const discord = await startFakeDiscord()
    const gateway = startGateway({ bot, commands, token, api: discord.api, log })
    await discord.until(gateway.ready)
    return {
      send: async (interaction) => {
        const sent = discord.send(z.record(z.string(), z.unknown()).parse(interaction))
        await discord.until(() => sent.answer !== undefined)
        return JSON.stringify(sent.answer?.body)
      },
      close: async () => {
        await gateway.close()
        await discord.stop()
      },
    }
  },
  ({ endpointOnly }) => !endpointOnly,
)
