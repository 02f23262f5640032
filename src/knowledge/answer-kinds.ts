/** The kinds of answer that an entry can give, and that a question can ask for. */
export const answerKinds = ['who', 'what', 'when', 'where', 'why', 'how', 'how-many', 'whether', 'said'] as const

export type AnswerKind = (typeof answerKinds)[number]
