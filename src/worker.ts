import pictures from 'virtual:pictures'
import knowledge from 'virtual:store'
import { createBot } from './bot.ts'
import { whereabouts } from './bug.ts'
import { ConfigError, parseConfig } from './config.ts'
import { createContext } from './context.ts'
import { openStore } from './knowledge/store.ts'
import { createReader } from './pictures/painted.ts'
import { createHttp } from './transports/http.ts'

const { store, hash, readings } = knowledge
// Cloudflare allows a second of CPU for this part and 10 ms for a request, so all that is slow is done here.
const bot = createBot(createContext(openStore(store, hash), createReader(pictures), readings), {
  info: (line, msg) => console.log(JSON.stringify({ level: 'info', ...line, transport: 'worker', msg })),
  error: ({ bug }, msg) =>
    console.error(JSON.stringify({ level: 'error', bug: whereabouts(bug), transport: 'worker', msg })),
})
let http: ReturnType<typeof createHttp> | undefined

/** The bot on Cloudflare Workers: `npm run worker` bundles this file with the parsed knowledge. */
export default {
  fetch: (request: Request, env: Readonly<Record<string, string | undefined>>): Response | Promise<Response> => {
    try {
      http ??= openHttp(env)
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      console.error(JSON.stringify({ level: 'error', msg: error.message }))
      return Response.json({ error: error.message }, { status: 503 })
    }
    return http.fetch(request)
  },
}

function openHttp(env: Readonly<Record<string, string | undefined>>): ReturnType<typeof createHttp> {
  const { DISCORD_PUBLIC_KEY: publicKey } = parseConfig(env)
  if (publicKey === undefined)
    throw new ConfigError(
      'DISCORD_PUBLIC_KEY is missing: copy it from discord.com/developers → your application → General Information, and set it with npx wrangler secret put DISCORD_PUBLIC_KEY',
    )
  return createHttp({ bot, publicKey })
}
