import { createRequire } from 'node:module'
import { sentimentLabel, sentimentOf } from '@pumpiq/domain'

/** A text to a label, and to the number it is made from. */
export type Reader = { score(text: string): number; label(score: number): -1 | 0 | 1 }

export const readerNames = ['ours', 'vader-sentiment', 'sentiment'] as const
export type ReaderName = (typeof readerNames)[number]

const require = createRequire(import.meta.url)

type Vader = { SentimentIntensityAnalyzer: { polarity_scores(text: string): { compound: number } } }
type Afinn = new () => { analyze(text: string): { score: number; comparative: number } }

/** The label is each reader's own: VADER's documented limit of 0.05, the sign of AFINN's sum. */
export function readerOf(name: ReaderName): Reader {
  if (name === 'ours') return { score: sentimentOf, label: sentimentLabel }
  if (name === 'vader-sentiment') {
    const { SentimentIntensityAnalyzer: vader } = require('vader-sentiment') as Vader
    return {
      score: (text) => vader.polarity_scores(text).compound,
      label: (score) => (score >= 0.05 ? 1 : score <= -0.05 ? -1 : 0),
    }
  }
  const Afinn = require('sentiment') as Afinn
  const afinn = new Afinn()
  return { score: (text) => afinn.analyze(text).comparative, label: (score) => Math.sign(score) as -1 | 0 | 1 }
}
