import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { outlookOf } from '../packages/domain/src/text/outlook.ts'
import { sentimentLabel } from '../packages/domain/src/words/claim.ts'
import { type LabelledText, readLabelledTexts, scoresOf } from '../packages/server/src/testing/labelled-texts.ts'
import { type OddsFit, fitOdds } from './fit-odds.ts'
import { features, type Row, rowOf, type Vocabulary } from './fit-rows.ts'

/**
 * `node scripts/fit-lexicon.ts --data DIR [--write]`: weights of words and pairs of words that the written lists leave open, fitted on two
 * labelled sets and on no other, beside what the rules found. Cross-validated over five folds; `--write` writes
 * packages/domain/src/text/fitted.ts. The same data give the same file.
 */
const fittedOn = ['twitter_financial_news', 'surge_crypto_social'] as const
const twoSided: ReadonlySet<string> = new Set(['surge_crypto_social'])
const folds = 5
const settings = { minTexts: 6, penalty: 5, calmWeight: 1, steps: 300, pace: 0.1 }
/** Weights closer to zero than so many hundredths are not kept. */
const least = 10

const target = fileURLToPath(new URL('../packages/domain/src/text/fitted.ts', import.meta.url))

function sentimentOfRow(
  { base, crypto, words }: Row,
  fit: OddsFit,
  kept: ReadonlyMap<number, readonly [number, number]>,
): number {
  let [fittedGood, fittedBad] = [0, 0]
  for (const hash of words) {
    const [good, bad] = kept.get(hash) ?? [0, 0]
    fittedGood += good / 100
    fittedBad += bad / 100
  }
  const [good, mild, bad] = base.slice(1, 4).map(Math.expm1) as [number, number, number]
  const outlook = outlookOf({ good, mild, bad, calm: base[4], crypto: crypto ? 1 : 0, fittedGood, fittedBad }, fit)
  return outlook.good - outlook.bad
}

/** In hundredths; pairs of weights that are both next to nothing are dropped. */
function quantised({ words }: OddsFit): Map<number, readonly [number, number]> {
  const rounded = [...words].map(
    ([hash, [good, bad]]) => [hash, [Math.round(good * 100), Math.round(bad * 100)]] as const,
  )
  return new Map(rounded.filter(([, [good, bad]]) => Math.abs(good) >= least || Math.abs(bad) >= least))
}

function tell(name: string, texts: readonly LabelledText[], sentiments: readonly number[]): void {
  const sided = !texts.some(({ label }) => label === 0)
  const { n, accuracy, macroF1, confusion } = scoresOf(
    texts,
    sentiments.map((one) => (sided ? Math.sign(one) : sentimentLabel(one))),
  )
  process.stdout.write(
    `${name}: n ${n}, accuracy ${accuracy.toFixed(4)}, macro-F1 ${macroF1.toFixed(4)}, ${JSON.stringify(confusion)}\n`,
  )
}

type Fitted = { fit: OddsFit; kept: Map<number, readonly [number, number]>; names: Map<number, string> }

function fitOn(rows: readonly Row[], vocabulary: Vocabulary): Fitted {
  const names = features(vocabulary, rows, settings.minTexts)
  const fit = fitOdds(rows, [...names.keys()], twoSided, settings)
  return { fit, kept: quantised(fit), names }
}

/** Every row is judged by a fit that has not seen it. */
function crossValidate(rows: readonly Row[], vocabulary: Vocabulary): void {
  const sentiments = new Map<Row, number>()
  for (let fold = 0; fold < folds; fold++) {
    const { fit, kept } = fitOn(
      rows.filter((row) => row.fold !== fold),
      vocabulary,
    )
    for (const row of rows) if (row.fold === fold) sentiments.set(row, sentimentOfRow(row, fit, kept))
  }
  for (const set of fittedOn) {
    const own = rows.filter((row) => row.set === set)
    tell(
      `${set}, held out`,
      own,
      own.map((row) => sentiments.get(row)!),
    )
  }
}

/** Words by their pair of weights, in lines of about a thousand characters. */
function linesOf({ kept, names }: Fitted): readonly string[] {
  const groups = Map.groupBy(kept, ([, pair]) => pair.join('/'))
  const entries = [...groups].map(([pair, words]) => {
    const listed = words.map(([hash]) => names.get(hash)!.replace(' ', '_')).toSorted()
    return `${pair}:${listed.join(' ')}`
  })
  const lines: string[] = []
  for (const entry of entries.toSorted()) {
    if (lines.length > 0 && lines.at(-1)!.length + entry.length < 1_000) lines[lines.length - 1] += `,${entry}`
    else lines.push(entry)
  }
  return lines
}

function fileOf(fitted: Fitted, n: number): string {
  const { fit, kept } = fitted
  const odds = (all: readonly number[]) => `[${all.map((value) => Number(value.toFixed(3))).join(', ')}]`
  return `import type { FittedWord } from './lexicon.ts'
import type { Coefficients } from './outlook.ts'

/*
 * Made by scripts/fit-lexicon.ts: do not edit. ${kept.size} words and pairs of words, fitted beside the written lists on ${n} texts:
 * the training part of Twitter Financial News Sentiment (zeroshot, MIT) and the crypto sentiment set of Surge AI (MIT).
 * A weight is in hundredths of log odds, toward good and toward bad: good/bad:words.
 */
export const fittedCoefficients: Coefficients = {
  good: ${odds(fit.good)},
  bad: ${odds(fit.bad)},
}

const lines = [
${linesOf(fitted)
  .map((line) => `  '${line}',`)
  .join('\n')}
]

/** What was fitted, word by word. */
export const fittedWords = (): readonly FittedWord[] =>
  lines.flatMap((line) => line.split(',')).flatMap((entry) => {
    const [weights = '', words = ''] = entry.split(':')
    const [good, bad] = weights.split('/').map(Number)
    return words.split(' ').map((one) => ({ words: one, good: good!, bad: bad! }))
  })
`
}

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
if (values.data === undefined) throw new Error('--data is missing: the folder that holds sentiment/')
const vocabulary: Vocabulary = new Map()
const rows: Row[] = []
for (const set of fittedOn) {
  const texts = await readLabelledTexts(values.data, set)
  texts.forEach((text, i) => rows.push(rowOf(set, i % folds, text, vocabulary)))
}
crossValidate(rows, vocabulary)
const whole = fitOn(rows, vocabulary)
for (const set of fittedOn) {
  const own = rows.filter((row) => row.set === set)
  tell(
    `${set}, in sample`,
    own,
    own.map((row) => sentimentOfRow(row, whole.fit, whole.kept)),
  )
}
process.stdout.write(`${whole.kept.size} of ${whole.names.size} words and pairs kept\n`)
if (values.write) await writeFile(target, fileOf(whole, rows.length))
