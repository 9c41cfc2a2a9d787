import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'

export type EvaluationRow = Readonly<Record<string, unknown>>

/** RFC 4180: fields may be quoted, hold line ends and doubled quotes. */
function parseCsv(text: string): EvaluationRow[] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end !== ',') rows.push([])
  }
  const [header = [], ...records] = rows.filter((row) => row.length > 1 || (row[0] ?? '') !== '')
  return records.map((record) => Object.fromEntries(header.map((name, i) => [name, record[i] ?? ''])))
}

/** Every row of a recorded table, `.csv.gz` or `.jsonl.gz`, read where it lies. */
export async function readEvaluationRows(path: string): Promise<EvaluationRow[]> {
  const text = gunzipSync(await readFile(path)).toString('utf8')
  if (path.includes('.csv')) return parseCsv(text)
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as EvaluationRow)
}

export type Scored = { readonly score: number; readonly isBad: boolean }

/** Precision at the highest threshold at which at least this share of the bad ones is found; equal scores stand together. */
export function precisionAtRecall(scored: readonly Scored[], recall: number): number {
  const sorted = scored.toSorted((a, b) => b.score - a.score)
  const wanted = recall * scored.filter(({ isBad }) => isBad).length
  let best = 0
  let bad = 0
  sorted.forEach(({ score, isBad }, i) => {
    if (isBad) bad++
    if (bad >= wanted && score > 0 && sorted[i + 1]?.score !== score) best = Math.max(best, bad / (i + 1))
  })
  return best
}

/** Precision, recall and their harmonic mean of what scores this much or more. */
export function scoresFrom(scored: readonly Scored[], threshold: number) {
  const said = scored.filter(({ score }) => score >= threshold)
  const right = said.filter(({ isBad }) => isBad).length
  const bad = scored.filter(({ isBad }) => isBad).length
  const precision = said.length === 0 ? 0 : right / said.length
  const recall = bad === 0 ? 0 : right / bad
  return { precision, recall, f1: said.length + bad === 0 ? 0 : (2 * right) / (said.length + bad) }
}

/** The probability that a bad one scores higher than a good one (Mann and Whitney); equal scores count half. */
export function areaUnderCurve(scored: readonly Scored[]): number {
  const sorted = scored.toSorted((a, b) => a.score - b.score)
  let ranks = 0
  for (let from = 0; from < sorted.length;) {
    let to = from + 1
    while (to < sorted.length && sorted[to]!.score === sorted[from]!.score) to++
    const rank = (from + to + 1) / 2
    for (let i = from; i < to; i++) if (sorted[i]!.isBad) ranks += rank
    from = to
  }
  const bad = scored.filter(({ isBad }) => isBad).length
  return (ranks - (bad * (bad + 1)) / 2) / (bad * (scored.length - bad))
}
