import { baselines, judge, turned, type Baseline, type BaselineResult, type CallWindow } from '@pumpiq/domain'
import { sha256Hex } from '../platform/hash.ts'
import { seededRandom } from '../platform/random.ts'

/** What a baseline made of a call; without a result it ended in none, or `problem` says why nothing can be computed. */
export type PlayedOne = {
  readonly name: string
  readonly result: BaselineResult | null
  readonly problem: string | null
}

/** The coins of a call are the same whoever tosses them, and those of one baseline do not hang on another's. */
export const coinsOf = (id: string, name: string) => seededRandom(parseInt(sha256Hex(`${id}:${name}`).slice(0, 12), 16))

const needTrend = new Set(['sma-cross', 'macd'])

type Asked = {
  /** Of the recommendation. */
  readonly id: string
  readonly window: CallWindow
  readonly noTrend: string | null
  /** What was played already. */
  readonly done: ReadonlySet<string>
}

/** What is known of every baseline that was not played yet; `isOpen` where a call turned round has not ended. */
export function playBaselines({ id, window, noTrend, done }: Asked): { found: PlayedOne[]; isOpen: boolean } {
  const { plan, candles, costs, asOf } = window
  const other = judge(turned(plan), candles, { costs, ...(asOf !== undefined && { asOf }) })
  const found: PlayedOne[] = []
  let isOpen = false
  for (const baseline of baselines) {
    const { id: name } = baseline
    if (done.has(name)) continue
    if (needTrend.has(name) && noTrend !== null) found.push({ name, result: null, problem: noTrend })
    else {
      const result = play(baseline, window, id)
      if (result === null && other.status === 'OPEN') isOpen = true
      else found.push({ name, result, problem: null })
    }
  }
  return { found, isOpen }
}

const play = (baseline: Baseline, window: CallWindow, id: string): BaselineResult | null =>
  baseline.play(window, coinsOf(id, baseline.id))

/** All that was not played yet cannot be. */
export const unplayable = (done: ReadonlySet<string>, problem: string): PlayedOne[] =>
  baselines.filter(({ id }) => !done.has(id)).map(({ id }) => ({ name: id, result: null, problem }))
