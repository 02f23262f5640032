import { watch } from 'node:fs'
import type { Logger } from 'pino'
import type { Context } from './command.ts'
import { KnowledgeError } from './knowledge/problem.ts'

/** The store in use, and everything that is made from it. */
export interface Store {
  current: () => Context
  /** Hands out what `make` makes from the store in use; made once for each store. */
  follow: <Made>(make: (context: Context) => Made) => () => Made
  /** Loads the store anew. A broken one changes nothing and is logged with file, line and field. */
  reload: () => Promise<void>
}

/** Loads the store for the first time; throws what `load` throws. */
export async function createStore(load: () => Promise<Context>, log: Logger): Promise<Store> {
  // One variable holds all that answers, so that a reload is one step.
  let context = await load()
  return {
    current: () => context,
    follow: (make) => {
      let from = context
      let made = make(from)
      return () => {
        if (from !== context) {
          from = context
          made = make(from)
        }
        return made
      }
    },
    reload: async () => {
      try {
        context = await load()
        log.info({ store: context.knowledge.hash }, 'the store was reloaded')
      } catch (err) {
        const refused = 'the changed store is refused, the one before it goes on answering'
        if (err instanceof KnowledgeError) log.error(`${refused}:\n${err.message}`)
        else log.error({ err }, refused)
      }
    },
  }
}

/** Calls back after YAML files of a folder have changed, once an editor has finished writing. */
export function watchFolder(dir: string, changed: () => void, log: Logger): { close: () => Promise<void> } {
  let pause: NodeJS.Timeout | undefined
  const watcher = watch(dir, { recursive: true }, (_event, path) => {
    if (path !== null && !path.endsWith('.yaml')) return
    clearTimeout(pause)
    pause = setTimeout(changed, 100)
  })
  watcher.on('error', (err) => log.warn({ err }, 'the folder is watched no longer; SIGHUP reloads the store'))
  return {
    close: async () => {
      clearTimeout(pause)
      watcher.close()
    },
  }
}
