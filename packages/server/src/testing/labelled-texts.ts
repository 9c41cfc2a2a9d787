import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

export type LabelledText = { readonly text: string; readonly label: -1 | 0 | 1 }

/** The labelled sets below a data folder, with the column of the text and what its labels mean. */
const sets = {
  cryptolin: { file: 'cryptolin/cryptolin.csv', text: 'headline', labels: { '-1': -1, '0': 0, '1': 1 } },
  financial_phrasebank: {
    file: 'financial_phrasebank/fpb.csv.gz',
    text: 'sentence',
    labels: { negative: -1, neutral: 0, positive: 1 },
  },
  surge_crypto_social: { file: 'surge_crypto_social/surge.csv', text: 'text', labels: { negative: -1, positive: 1 } },
  twitter_financial_news: {
    file: 'twitter_financial_news/tfns.csv.gz',
    text: 'text',
    labels: { bearish: -1, neutral: 0, bullish: 1 },
  },
} as const satisfies Record<string, { file: string; text: string; labels: Readonly<Record<string, -1 | 0 | 1>> }>

export type LabelledSet = keyof typeof sets
export const labelledSets = Object.keys(sets) as readonly LabelledSet[]

/** One labelled set, read where it lies: `data` is the folder that holds `sentiment/`. */
export async function readLabelledTexts(data: string, name: LabelledSet): Promise<readonly LabelledText[]> {
  const { file, text, labels } = sets[name]
  const path = join(data, 'sentiment', file)
  const bytes = await readFile(path)
  const [header = [], ...rows] = parseCsv((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
  const [at, mark] = [header.indexOf(text), header.indexOf('label')]
  if (at < 0 || mark < 0) throw new Error(`${path}: its header lacks ${text} or label`)
  return rows.map((row, i) => {
    const label = (labels as Readonly<Record<string, -1 | 0 | 1>>)[row[mark] ?? '']
    if (label === undefined) throw new Error(`${path}, row ${i + 1}: ${JSON.stringify(row[mark])} is no label of it`)
    return { text: row[at] ?? '', label }
  })
}

/** RFC 4180: fields may be quoted, hold line feeds and doubled quotes. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    if (row.length > 1) rows.push(row)
    row = []
  }
  return rows
}

export type Scores = {
  readonly n: number
  readonly accuracy: number
  readonly macroF1: number
  readonly confusion: number[][]
}

/** Accuracy, mean F1 over the labels that occur, and rows of what was labelled by columns of what was said (-1, 0, 1). */
export function scoresOf(texts: readonly LabelledText[], said: readonly number[]): Scores {
  const confusion = [0, 1, 2].map(() => [0, 0, 0])
  texts.forEach(({ label }, i) => confusion[label + 1]![said[i]! + 1]!++)
  const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0)
  const present = [0, 1, 2].filter((k) => sum(confusion[k]!) > 0)
  const f1 = present.map((k) => {
    const found = confusion[k]![k]!
    return (2 * found) / Math.max(1, sum(confusion[k]!) + sum(confusion.map((row) => row[k]!)))
  })
  const right = sum([0, 1, 2].map((k) => confusion[k]![k]!))
  return { n: texts.length, accuracy: right / texts.length, macroF1: sum(f1) / f1.length, confusion }
}
