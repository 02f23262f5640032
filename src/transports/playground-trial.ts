import { isMap, isSeq, parseDocument } from 'yaml'
import type { Context } from '../command.ts'
import { parseFiles } from '../knowledge/parse.ts'
import type { Knowledge } from '../knowledge/store.ts'

/** A pasted entry that is in order, in the store that it was added to. */
export interface Trial {
  knowledge: Knowledge
  /** The questions that the paste adds. */
  added: string[]
  /** Phrasings of the paste that the store already answers, and with what. */
  overlaps: { phrasing: string; question: string; place: string }[]
}

/**
 * Adds a pasted piece of YAML to the store's files, for trying only. Throws a KnowledgeError with the same messages as
 * the knowledge check, in which the paste is called `questions/pasted.yaml` or `unknowns/pasted.yaml`.
 */
export function tryEntry(
  yaml: string,
  files: Readonly<Record<string, string>>,
  { commands, knowledge: own, ...rest }: Context,
): Trial {
  const list = isUnknown(yaml) ? 'unknowns' : 'questions'
  const path = `${list}/pasted.yaml`
  const { knowledge, place } = parseFiles({ ...files, [path]: yaml })
  const pasted = knowledge[list].filter((_, index) => place(list, index).startsWith(`${path}:`))

  const context = { commands, knowledge: own, ...rest }
  const ask = commands.find(({ name }) => name === 'ask')
  const overlaps = pasted.flatMap(({ question, ask: phrasings }) =>
    [...new Set([question, ...phrasings])].flatMap((phrasing) => {
      const answer = ask?.answer({ question: phrasing }, context)
      const read = answer?.outcome === 'answer' ? answer.read : undefined
      const at = knowledge.questions.findIndex(({ question }) => question === read)
      return read !== undefined && at >= 0 ? { phrasing, question: read, place: place('questions', at) } : []
    }),
  )
  return { knowledge, added: pasted.map(({ question }) => question), overlaps }
}

/** An entry with a reason says why the articles leave its question open; any other has an answer, or should have. */
function isUnknown(yaml: string): boolean {
  const { contents } = parseDocument(yaml)
  const entry = isSeq(contents) ? contents.items[0] : contents
  return isMap(entry) && entry.has('reason') && !entry.has('answer')
}
