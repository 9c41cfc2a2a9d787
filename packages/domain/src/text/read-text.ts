import type { Claim, EventType } from '../words/claim.ts'
import { round } from '../words/numbers.ts'
import { addSigns, strongestEvent } from './events.ts'
import { flagsOf } from './flags.ts'
import { largestSum, magnitudeOf } from './magnitude.ts'
import type { Mention, NameIndex } from './name-index.ts'
import { plainText } from './plain.ts'
import { quoteOf } from './quote.ts'
import { relevances } from './relevances.ts'
import { scan } from './scan.ts'
import { createTokens, textLimit } from './tokens.ts'
import { sentimentOf } from './sentiment.ts'

/** This reader and its version: what an older one read is read anew. */
export const lexiconReader = 'lexicon-1'

export type ReadableText = { readonly title?: string | undefined; readonly text: string }
export type TextReading = Omit<Claim, 'document' | 'reader'>

/** A title tells the news; what follows repeats and explains it. */
const titleShare = 0.6

const tokens = createTokens()

/** What one document claims, by rules and word lists alone. Of each of title and text the first 20,000 characters are read. */
export function readText(
  { title: wholeTitle = '', text: wholeText }: ReadableText,
  mentionsIn: NameIndex,
): TextReading {
  const title = plainText(wholeTitle.slice(0, textLimit))
  const text = plainText(wholeText.slice(0, textLimit))
  const events = new Map<EventType, number>()
  const named: Map<string, Mention>[] = []
  let sum = 0
  for (const [part, times] of [
    [title, 2],
    [text, 1],
  ] as const) {
    scan(part, tokens)
    addSigns(tokens, times, events)
    named.push(mentionsIn(part, tokens))
    sum = Math.max(sum, largestSum(tokens))
  }
  const event = strongestEvent(events)
  const sentiment = sentimentOfBoth(title, text)
  return {
    // A post without a title is its own.
    tokens: title.trim() === '' ? relevances(named[1]!, named[0]!) : relevances(named[0]!, named[1]!),
    event,
    sentiment,
    magnitude: magnitudeOf(event, sentiment, sum),
    quote: quoteOf(title, text),
    flags: flagsOf(`${title}\n${text}`),
  }
}

/** The title alone where there is no other text, and the reverse. */
function sentimentOfBoth(title: string, text: string): number {
  if (title.trim() === '') return round(sentimentOf(text), 4)
  if (text.trim() === '' || text === title) return round(sentimentOf(title), 4)
  return round(titleShare * sentimentOf(title) + (1 - titleShare) * sentimentOf(text), 4)
}
