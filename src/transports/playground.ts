import { generateKeyPairSync } from 'node:crypto'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { secureHeaders } from 'hono/secure-headers'
import manifest from '../../package.json' with { type: 'json' }
import type { Answer } from '../answer.ts'
import { createBot, type Log } from '../bot.ts'
import type { Context } from '../command.ts'
import { createContext } from '../context.ts'
import { type CommandLine, formatCommandLine, parseCommandLine } from '../discord/command-line.ts'
import { toRegistration } from '../discord/registration.ts'
import { KnowledgeError } from '../knowledge/problem.ts'
import { readFiles } from '../knowledge/read.ts'
import { createPainter } from '../pictures/painter.ts'
import { createHttp } from './http.ts'
import { buildPage, PageError } from './playground-page.ts'

interface Options {
  context: Context
  log: Log
  /** The folder that the context was read from; pasted entries are checked against it. */
  knowledgeDir: string
}

/** One store that the page can talk to: the bot's own, or the bot's own with a pasted entry. */
interface Stand {
  context: Context
  http: Hono
}

/** Pasted entries are kept for pages that are still open; the oldest goes when there are more. */
const maxTrials = 8
const maxEntry = 64 * 1024

/**
 * The playground: a page that talks to the bot as Discord does, by signed interactions that go through the same
 * handler. Its key is made here and known to this handler only, so that it opens no other door.
 */
export function createPlayground({ context, log, knowledgeDir }: Options): Hono {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = {
    public: hex(publicKey.export({ format: 'jwk' }).x),
    secret: hex(privateKey.export({ format: 'jwk' }).d),
  }
  const stand = (context: Context): Stand => ({
    context,
    http: createHttp({ bot: createBot(context, log), publicKey: key.public }),
  })
  const own = stand(context)
  const trials = new Map<string, Stand>()
  const find = (store: string | undefined): Stand | undefined => (store === undefined ? own : trials.get(store))

  return new Hono()
    .use(
      csrf(),
      secureHeaders({
        contentSecurityPolicy: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          // The hash of nothing: the message components write empty style attributes.
          styleSrcAttr: ["'unsafe-hashes'", "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          // blob: for the pictures that come with a reply.
          imgSrc: ["'self'", 'blob:'],
          baseUri: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
          requireTrustedTypesFor: ["'script'"],
          trustedTypes: ['lit-html'],
        },
        // It is served without TLS, where browsers ignore it.
        strictTransportSecurity: false,
      }),
    )
    .get('/setup.json', (c) => c.json(setup(context, key.secret), 200, { 'Cache-Control': 'no-store' }))
    .post('/interactions', (c) => {
      const found = find(c.req.query('store'))
      return found
        ? found.http.fetch(c.req.raw)
        : c.json({ error: 'The pasted entry was forgotten. Paste it again, or reload the page.' }, 410)
    })
    .get('/why', (c) => {
      const found = find(c.req.query('store')) ?? own
      return c.json(found.context.match.explain(c.req.query('question') ?? ''))
    })
    .post('/entries', bodyLimit({ maxSize: maxEntry }), async (c) => {
      const yaml = await c.req.text()
      try {
        // Loads the parser of YAML, which only those who paste need.
        const { tryEntry } = await import('./playground-trial.ts')
        const { knowledge, ...found } = tryEntry(yaml, readFiles(knowledgeDir), own.context)
        trials.set(knowledge.hash, stand(createContext(knowledge, createPainter())))
        for (const oldest of [...trials.keys()].slice(0, -maxTrials)) trials.delete(oldest)
        return c.json({ store: knowledge.hash, ...found })
      } catch (error) {
        if (!(error instanceof KnowledgeError)) throw error
        return c.json({ problems: error.problems })
      }
    })
    .get('*', async (c, next) => {
      try {
        const root = await buildPage()
        // Only the page itself keeps its name when its content changes.
        const cached = (path: string): string =>
          path.endsWith('.html') ? 'no-cache' : 'public, max-age=31536000, immutable'
        return await serveStatic({ root, onFound: (path, c) => c.header('Cache-Control', cached(path)) })(c, next)
      } catch (error) {
        if (!(error instanceof PageError)) throw error
        return c.text(error.message, 500)
      }
    })
}

/** What the page has to know before it can talk to the bot. */
function setup(context: Context, secret: string) {
  return {
    name: manifest.name.replace(
      /(^|-)(\p{L})/gu,
      (_, dash: string, letter: string) => (dash && ' ') + letter.toUpperCase(),
    ),
    /** The page signs with it, as Discord signs with its own. */
    secret,
    store: context.knowledge.hash,
    commands: context.commands.map(toRegistration),
    articles: context.knowledge.articles.map(({ id }) => id),
    ...examples(context),
  }
}

/** Three calls that are answered and one that is refused, for the first visit. */
function examples(context: Context): { answered: string[]; refused: string[] } {
  const ask = context.commands.find(({ name }) => name === 'ask')
  if (!ask) return { answered: [], refused: [] }
  const calls = ask.examples.flatMap((example) => parseCommandLine(example, context.commands.map(toRegistration)) ?? [])
  const asked = ({ question }: { question: string }): CommandLine => ({ command: ask.name, options: { question } })
  const { questions, unknowns } = context.knowledge
  const those = (outcome: Answer['outcome'], count: number, candidates: readonly CommandLine[]): string[] => {
    const found: string[] = []
    for (const call of candidates) {
      if (found.length === count) break
      if (ask.answer(call.options, context).outcome === outcome) found.push(formatCommandLine(call))
    }
    return found
  }
  return {
    answered: those('answer', 3, [...calls, ...questions.map(asked)]),
    // A command's examples end with the one that shows its limits.
    refused: those('decline', 1, [...calls.toReversed(), ...unknowns.map(asked)]),
  }
}

/** The 32 bytes of a key, from base64url to hexadecimal digits. */
function hex(part: string | undefined): string {
  return Buffer.from(part ?? '', 'base64url').toString('hex')
}
