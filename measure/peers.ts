import { create, insertMultiple, search } from '@orama/orama'
import Fuse from 'fuse.js'
import MiniSearch from 'minisearch'

/** A phrasing of the store, as every search library gets it. */
export interface Phrasing {
  id: number
  text: string
  entry: number
}

export interface Hit {
  entry: number
  /** The higher the better, on a scale of the library's own. */
  score: number
}

/** The best hit for a question. */
export type Search = (question: string) => Hit | undefined | Promise<Hit | undefined>

/** Builds an index. */
export type Open = (phrasings: Phrasing[]) => Search | Promise<Search>

/** What people put over such a store, each in the settings that its documentation proposes. */
export const peers: Readonly<Record<string, Open>> = {
  'Fuse, default': (phrasings) => fuse(phrasings, {}),
  'Fuse, token search': (phrasings) => fuse(phrasings, { useTokenSearch: true }),
  MiniSearch: (phrasings) => minisearch(phrasings, {}),
  'MiniSearch, fuzzy': (phrasings) => minisearch(phrasings, { fuzzy: 0.2, prefix: true }),
  Orama: (phrasings) => orama(phrasings, {}),
  'Orama, tolerant': (phrasings) => orama(phrasings, { tolerance: 1 }),
}

function fuse(phrasings: Phrasing[], options: { useTokenSearch?: boolean }): Search {
  const index = new Fuse(phrasings, { ...options, keys: ['text'], includeScore: true })
  return (question) => {
    const [best] = index.search(question, { limit: 1 })
    return best && { entry: best.item.entry, score: 1 - (best.score ?? 1) }
  }
}

function minisearch(phrasings: Phrasing[], options: { fuzzy?: number; prefix?: boolean }): Search {
  const index = new MiniSearch<Phrasing>({ fields: ['text'], storeFields: ['entry'] })
  index.addAll(phrasings)
  return (question) => {
    const [best] = index.search(question, options)
    return best && { entry: Number(best.entry), score: best.score }
  }
}

async function orama(phrasings: Phrasing[], options: { tolerance?: number }): Promise<Search> {
  const index = create({ schema: { text: 'string', entry: 'number' } })
  await insertMultiple(
    index,
    phrasings.map(({ text, entry }) => ({ text, entry })),
  )
  return async (question) => {
    const { hits } = await search(index, { ...options, term: question, limit: 1, properties: ['text'] })
    return hits[0] && { entry: hits[0].document.entry, score: hits[0].score }
  }
}
