import { createEvidence } from './evidence.ts'
import { fittedCoefficients, fittedWords } from './fitted.ts'
import { createLexicon } from './lexicon.ts'
import { outlookOf } from './outlook.ts'
import { eventWords } from './words-events.ts'
import { grammarWords } from './words-grammar.ts'
import { marketWords } from './words-market.ts'
import { moodWords } from './words-mood.ts'

/** The written lists, without anything fitted. */
export const writtenLists = [...grammarWords, ...marketWords, ...eventWords, ...moodWords]

const evidenceOf = createEvidence(createLexicon(writtenLists, fittedWords()))

/** How good or bad for the price a text says it is: the chance that it is good less the chance that it is bad, -1 to 1. */
export function sentimentOf(text: string): number {
  const { good, bad } = outlookOf(evidenceOf(text), fittedCoefficients)
  return good - bad
}
