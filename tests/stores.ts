import { fileURLToPath } from 'node:url'
import { type Bot, createBot } from '../src/bot.ts'
import type { Context } from '../src/command.ts'
import { createContext } from '../src/context.ts'
import { parseKnowledge } from '../src/knowledge/parse.ts'
import { readFiles } from '../src/knowledge/read.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** The fictional store and its articles, which tests are free to rely on. */
export const corpus = { dir: path('corpus'), articles: path('corpus/articles') }
/** The store of the bot itself, and its articles where they stand beside the project. */
export const real = { dir: path('../knowledge'), articles: path('../../shared/articles') }

export function openContext(dir: string): Context {
  return createContext(parseKnowledge(readFiles(dir)))
}

/** A bot whose bugs fail the test instead of being answered with an apology. */
export function openBot(context: Context): Bot {
  return createBot(context, {
    info: () => {},
    error: ({ bug }) => {
      throw bug
    },
  })
}
