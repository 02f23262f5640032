import type { Article, Event, Meeting, Party, Person, Question, Quote, Store, Topic, Unknown } from './schema.ts'

/** The whole store, parsed and cross-checked: every id in it resolves. */
export interface Knowledge extends Store {
  /** Eight characters that change with the content; buttons carry it. */
  hash: string
  article: (id: string) => Article
  party: (id: string) => Party
  person: (id: string) => Person
  topic: (id: string) => Topic
  meeting: (id: string) => Meeting
  quote: (id: string) => Quote
  event: (id: string) => Event
  question: (id: string) => Question
  unknown: (id: string) => Unknown
}

/** Makes a store that was parsed before, here or at the build of a Worker, ready for look-ups. */
export function openStore(store: Store, hash: string = contentHash(store)): Knowledge {
  return {
    ...store,
    hash,
    article: finder(store.articles),
    party: finder(store.parties),
    person: finder(store.people),
    topic: finder(store.topics),
    meeting: finder(store.meetings),
    quote: finder(store.quotes),
    event: finder(store.events),
    question: finder(store.questions),
    unknown: finder(store.unknowns),
  }
}

function finder<Entry extends { id: string }>(entries: readonly Entry[]): (id: string) => Entry {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return (id) => {
    const entry = byId.get(id)
    if (!entry) throw new RangeError(`no entry "${id}" in the store`)
    return entry
  }
}

/** cyrb53: enough to tell two stores apart, and needs neither await nor Node, so that a Worker can do it too. */
function contentHash(store: Store): string {
  const text = JSON.stringify(store)
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36).padStart(11, '0').slice(-8)
}
