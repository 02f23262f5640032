import { didYouMean } from './nearest.ts'
import type { Refuse } from './parse.ts'
import type { Citation, FileName, Store, When } from './schema.ts'

/** Refuses what one entry alone can't show: ids that lead nowhere, names and phrasings that stand for two things. */
export function checkReferences(store: Store, refuse: Refuse): void {
  for (const list of Object.keys(store) as FileName[]) checkIds(store, list, refuse)
  checkCitations(store, refuse)
  checkLinks(store, refuse)
  checkNames(store, ['parties', 'people', 'topics'], refuse)
  checkNames(store, ['articles'], refuse)
  checkNames(store, ['meetings'], refuse)
  checkVocabulary(store, refuse)
  checkPhrasings(store, refuse)
  checkFootnotes(store, refuse)
  checkOrder(store, refuse)
}

function checkIds(store: Store, list: FileName, refuse: Refuse): void {
  const seen = new Set<string>()
  const others = list === 'unknowns' ? new Set(store.questions.map(({ id }) => id)) : new Set<string>()
  for (const [index, { id }] of store[list].entries()) {
    if (seen.has(id)) refuse(list, index, ['id'], `"${id}" is taken by an earlier entry`)
    if (others.has(id)) refuse(list, index, ['id'], `"${id}" is taken by an entry of questions`)
    seen.add(id)
  }
}

/** Every citation of an entry, with the path of its field. */
export function citationsOf(
  entry: unknown,
  path: readonly PropertyKey[] = [],
): { citation: Citation; path: readonly PropertyKey[] }[] {
  if (typeof entry !== 'object' || entry === null) return []
  // The many phrasings of a question cite nothing.
  if (Array.isArray(entry) && typeof entry[0] === 'string') return []
  if ('article' in entry && 'paragraph' in entry && 'words' in entry) return [{ citation: entry as Citation, path }]
  return Object.entries(entry).flatMap(([key, value]) =>
    citationsOf(value, [...path, Array.isArray(entry) ? Number(key) : key]),
  )
}

function checkCitations(store: Store, refuse: Refuse): void {
  const paragraphs = new Map(store.articles.map(({ id, paragraphs }) => [id, paragraphs]))
  for (const list of Object.keys(store) as FileName[]) {
    for (const [index, entry] of store[list].entries()) {
      for (const { citation, path } of citationsOf(entry)) {
        const count = paragraphs.get(citation.article)
        if (count === undefined) {
          refuse(list, index, path, `no article "${citation.article}"; there are ${[...paragraphs.keys()].join(', ')}`)
        } else if (citation.paragraph > count) {
          refuse(list, index, path, `${citation.article} has ${count} paragraphs, no ${citation.paragraph}`)
        }
      }
    }
  }
}

function checkLinks(store: Store, refuse: Refuse): void {
  const ids = Object.fromEntries(
    (Object.keys(store) as FileName[]).map((list) => [list, new Set(store[list].map(({ id }) => id))]),
  ) as Record<FileName, Set<string>>

  const check = (list: FileName, index: number, path: PropertyKey[], id: string | undefined, targets: FileName[]) => {
    if (id !== undefined && !targets.some((target) => ids[target].has(id))) {
      const known = targets.flatMap((target) => [...ids[target]])
      refuse(list, index, path, `there is no "${id}" in ${targets.join(', ')}${didYouMean(id, known)}`)
    }
  }
  const checkAll = (
    list: FileName,
    index: number,
    field: string,
    all: string[],
    targets: FileName[],
    before: PropertyKey[] = [],
  ) => {
    for (const [at, id] of all.entries()) check(list, index, [...before, field, at], id, targets)
  }
  const anything: FileName[] = ['topics', 'parties', 'people', 'meetings']

  for (const [index, { party }] of store.people.entries()) check('people', index, ['party'], party, ['parties'])
  for (const [index, { seats }] of store.meetings.entries()) {
    for (const [at, { party, people }] of seats.entries()) {
      check('meetings', index, ['seats', at, 'party'], party, ['parties'])
      checkAll('meetings', index, 'people', people, ['people'], ['seats', at])
    }
  }
  for (const [index, { speaker, about }] of store.quotes.entries()) {
    check('quotes', index, ['speaker'], speaker, ['people'])
    checkAll('quotes', index, 'about', about, anything)
  }
  for (const [index, { people, parties, meeting, about }] of store.events.entries()) {
    checkAll('events', index, 'people', people, ['people'])
    checkAll('events', index, 'parties', parties, ['parties'])
    check('events', index, ['meeting'], meeting, ['meetings'])
    checkAll('events', index, 'about', about, anything)
  }
  for (const [index, { party, topic }] of store.positions.entries()) {
    check('positions', index, ['party'], party, ['parties'])
    check('positions', index, ['topic'], topic, ['topics'])
  }
  for (const [index, { topic, sides }] of store.differences.entries()) {
    check('differences', index, ['topic'], topic, ['topics'])
    for (const [at, { article }] of sides.entries())
      check('differences', index, ['sides', at, 'article'], article, ['articles'])
  }
  for (const [index, { nearest, reason }] of store.unknowns.entries()) {
    checkAll('unknowns', index, 'nearest', nearest, ['questions'])
    if (reason === 'otherwise' && nearest.length === 0) {
      refuse('unknowns', index, ['nearest'], 'must name the question that shows what the articles report instead')
    }
  }
}

/** Two spellings of one name count as the same: "al-Assad" and "Al Assad". */
function fold(name: string): string {
  // Nearly every name is plain ASCII, and there are thousands at each start.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is that of ASCII
  const plain = /^[\x00-\x7f]*$/.test(name)
  if (plain)
    return name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function checkNames(
  store: Store,
  lists: ('parties' | 'people' | 'topics' | 'articles' | 'meetings')[],
  refuse: Refuse,
): void {
  const owners = new Map<string, string>()
  for (const list of lists) {
    for (const [index, entry] of store[list].entries()) {
      const own = `${list} "${entry.id}"`
      for (const [at, name] of [entry.name, ...entry.aliases].entries()) {
        const folded = fold(name)
        const owner = owners.get(folded)
        const path = at === 0 ? ['name'] : ['aliases', at - 1]
        if (owner === own && at > 0) refuse(list, index, path, `"${name}" is there twice`)
        else if (owner !== undefined && owner !== own)
          refuse(list, index, path, `"${name}" already stands for ${owner}`)
        owners.set(folded, own)
      }
    }
  }
}

function checkVocabulary(store: Store, refuse: Refuse): void {
  const owners = new Map<string, string>()
  for (const [index, { id, words }] of store.vocabulary.entries()) {
    for (const [at, word] of words.entries()) {
      const folded = fold(word)
      const owner = owners.get(folded)
      if (owner !== undefined) refuse('vocabulary', index, ['words', at], `"${word}" already stands in "${owner}"`)
      owners.set(folded, id)
    }
  }
}

function checkPhrasings(store: Store, refuse: Refuse): void {
  const owners = new Map<string, string>()
  for (const list of ['questions', 'unknowns'] as const) {
    for (const [index, { id, question, ask }] of store[list].entries()) {
      const own = fold(question)
      for (const [at, phrasing] of [question, ...ask].entries()) {
        const folded = fold(phrasing)
        const owner = owners.get(folded)
        const path = at === 0 ? ['question'] : ['ask', at - 1]
        // The question itself may stand once more among its phrasings; it is only indexed once.
        if (owner !== undefined && !(owner === id && at > 0 && folded === own)) {
          refuse(
            list,
            index,
            path,
            `"${phrasing}" ${owner === id ? 'is there twice' : `is already asked by "${owner}"`}`,
          )
        }
        owners.set(folded, id)
      }
    }
  }
}

/** Every [n] of an answer has its place, and every place its [n]. */
function checkFootnotes(store: Store, refuse: Refuse): void {
  for (const [index, { answer, cite }] of store.questions.entries()) {
    const marks = new Set([...answer.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1])))
    for (const mark of marks) {
      if (mark < 1 || mark > cite.length)
        refuse('questions', index, ['answer'], `[${mark}] has no place in cite, which has ${cite.length}`)
    }
    if (marks.size === 0 && cite.length === 1) continue
    for (let at = 0; at < cite.length; at++) {
      if (!marks.has(at + 1)) refuse('questions', index, ['cite', at], `nothing in the answer is marked [${at + 1}]`)
    }
  }
}

/** The file's order is the timeline's order; a dated event may not stand before an earlier one. */
function checkOrder(store: Store, refuse: Refuse): void {
  let latest = ''
  for (const [index, { when }] of store.events.entries()) {
    const start = firstDay(when)
    if (start === undefined) continue
    // "2015-09" reaches into any day of that month, so it is only out of order against a later month.
    if (start < latest.slice(0, start.length))
      refuse('events', index, ['when', 'date'], `${start} stands after ${latest}: events go in order of time`)
    if (start > latest) latest = start
  }
}

/** The first day, month or year of a date: "2015-10-19/2015-10-22" starts "2015-10-19". */
export function firstDay(when: When): string | undefined {
  return when.date?.split('/')[0]
}
