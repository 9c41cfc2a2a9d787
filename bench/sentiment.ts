import { join } from 'node:path'
import type { Scores } from '../packages/server/src/testing/labelled-texts.ts'
import { type Area, type Goal, type Row, type Skipped, inOwnProcess, interleaved, median, ratioOf } from './harness.ts'
import { plainNews } from './peers/sentiment/texts.ts'
import { readerNames } from './peers/sentiment/readers.ts'

const ours = 'ours'

/** Texts to sentiment a second, beside two readers of npm; with EVALUATION_DIR set also who is right how often on labelled texts. */
export const sentiment: Area = {
  name: 'sentiment',
  async run({ smoke, rounds }) {
    const agreements = new Map<string, true | string>()
    for (const name of readerNames) agreements.set(name, await agreement(name))
    const count = smoke ? 200 : 10_000
    const measured = await interleaved(
      readerNames,
      rounds,
      async (name) => (await inOwnProcess('sentiment.ts', [name, 'time', String(count)])) as number,
    )
    const own = measured.get(ours)!
    const rows = [...measured].map(([peer, times]): Row => {
      const us = times.map((ns) => ns / 1e3)
      return {
        peer,
        case: 'headlines',
        n: count,
        unit: 'us a text',
        median: median(us),
        min: Math.min(...us),
        max: Math.max(...us),
        ratio: peer === ours ? 1 : ratioOf(own, times),
        agrees: agreements.get(peer)!,
      }
    })
    const quality = await qualityOf(process.env['EVALUATION_DIR'])
    return { rows: [...rows, ...quality.rows], goals: [...goalsOf(rows), ...quality.goals], skipped: quality.skipped }
  },
}

/** Before any time is taken: on news that is plainly good or bad no reader may say the opposite. */
async function agreement(name: string): Promise<true | string> {
  const said = (await inOwnProcess('sentiment.ts', [name, 'labels'])) as number[]
  const opposite = plainNews.find(({ label }, i) => said[i] === -label)
  if (opposite) throw new Error(`${name} takes ${JSON.stringify(opposite.text)} for the opposite: no times are taken`)
  const silent = plainNews.filter((_, i) => said[i] === 0).length
  return silent === 0 ? true : `says nothing of ${silent} of ${plainNews.length}`
}

function goalsOf(rows: readonly Row[]): Goal[] {
  const goal = (peer: string, least: number): Goal => {
    const { ratio } = rows.find((row) => row.peer === peer)!
    return {
      text: `headlines, against ${peer}`,
      wanted: `>= ${least}x`,
      got: `${ratio!.toFixed(2)}x`,
      reached: ratio! >= least,
    }
  }
  return [goal('vader-sentiment', 25), goal('sentiment', 0.8)]
}

type Quality = Readonly<Record<string, Scores>>

/** What was fitted on is named: there only figures held out by scripts/fit-lexicon.ts mean anything for us. */
const fittedOn: ReadonlySet<string> = new Set(['surge_crypto_social', 'twitter_financial_news'])

async function qualityOf(folder: string | undefined): Promise<{ rows: Row[]; goals: Goal[]; skipped: Skipped[] }> {
  if (!folder) {
    const why = 'EVALUATION_DIR is not set: who is right how often is not measured'
    return { rows: [], goals: [], skipped: [{ peer: 'labelled texts', why }] }
  }
  const found = new Map<string, Quality>()
  for (const name of readerNames)
    found.set(name, (await inOwnProcess('sentiment.ts', [name, 'quality', join(folder, 'data')])) as Quality)
  const own = found.get(ours)!
  const rows = Object.keys(own).flatMap((set) => [...found].map(([peer, of]) => qualityRow(peer, set, of[set]!)))
  const goal = (set: string, least: number): Goal => {
    const { accuracy } = own[set]!
    return { text: `right on ${set}`, wanted: `>= ${least}`, got: accuracy.toFixed(3), reached: accuracy >= least }
  }
  return { rows, goals: [goal('cryptolin', 0.62), goal('financial_phrasebank', 0.75)], skipped: [] }
}

function qualityRow(peer: string, set: string, { n, accuracy, macroF1 }: Scores): Row {
  const inSample = peer === ours && fittedOn.has(set) ? ', fitted on it' : ''
  const value = 100 * accuracy
  return {
    peer,
    case: set,
    n,
    unit: '% right',
    median: value,
    min: value,
    max: value,
    ratio: null,
    agrees: `macro-F1 ${macroF1.toFixed(3)}${inSample}`,
  }
}
