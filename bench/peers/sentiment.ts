import { labelledSets, readLabelledTexts, scoresOf } from '../../packages/server/src/testing/labelled-texts.ts'
import { settle, timeOf } from '../harness.ts'
import { type ReaderName, readerOf } from './sentiment/readers.ts'
import { headlines, plainNews } from './sentiment/texts.ts'

/**
 * One reader in a process of its own: `sentiment.ts NAME time COUNT` prints nanoseconds of processor time a text, `NAME labels` what it says of
 * plain news, `NAME quality DATA` its accuracy and macro-F1 on the labelled sets. Of a set without a label 0 the sign is compared.
 */
const [name, what, rest = ''] = process.argv.slice(2)
const reader = readerOf(name as ReaderName)

function nanoseconds(count: number): number {
  const texts = headlines(count)
  let sum = 0
  const work = () => {
    for (const text of texts) sum += reader.score(text)
  }
  settle(work, 200, 2e9)
  const time = timeOf(work, { stretchNs: 2e8, stretches: 5 }) / count
  if (!Number.isFinite(sum)) throw new Error(`${name} gave a score that is no number`)
  return time
}

async function quality(data: string): Promise<unknown> {
  const found: Record<string, unknown> = {}
  for (const set of labelledSets) {
    const texts = await readLabelledTexts(data, set)
    const sided = texts.every(({ label }) => label !== 0)
    const said = texts.map(({ text }) => {
      const score = reader.score(text)
      return sided ? Math.sign(score) : reader.label(score)
    })
    found[set] = scoresOf(texts, said)
  }
  return found
}

const answer =
  what === 'time'
    ? nanoseconds(Number(rest))
    : what === 'labels'
      ? plainNews.map(({ text }) => reader.label(reader.score(text)))
      : await quality(rest)
process.stdout.write(JSON.stringify(answer))
