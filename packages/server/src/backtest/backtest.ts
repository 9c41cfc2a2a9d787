import {
  callOf,
  haltMs,
  isStale,
  knownAt,
  segmentsOf,
  staleReason,
  viewsOf,
  type Call,
  type Candles,
  type Decider,
  type Ending,
  type Plan,
  type Profile,
  type Segment,
} from '@pumpiq/domain'

/** One token's recorded candles: what is decided on, and the finer file it was made from, where it was. */
export type Recorded = { readonly candles: Candles; readonly finer: Candles | null }

export type Run = {
  readonly profile: Profile
  /** Decisions fall on multiples of this since the epoch, so the grid does not depend on where a file begins or ends. */
  readonly everyMs: number
  /** First and last instant that may be decided at; epoch ms, both included. */
  readonly from: number
  readonly to: number
  /** Between the close of a candle and its arrival. */
  readonly lagMs: number
}

export type CreateDecider = (candles: Candles, profile: Profile) => Decider
export type Judge = (plan: Plan, recorded: Recorded) => Ending
type Needs = { readonly createDecider: CreateDecider; readonly judge: Judge }

/** One call and what became of it; `ending` is null when the call abstained. */
export type Decided = {
  readonly call: Call
  readonly ending: Ending | null
  /** Candles known at the instant. */ readonly known: number
}

/**
 * Decides at every instant of the grid from what was known then, and follows each call to its end. Whether an instant is decided at all
 * depends on known candles only: none is while the market is halted or gone. A run begins without a previous call, and so does what
 * trades again behind a halt.
 */
export function* backtest(recorded: Recorded, run: Run, { createDecider, judge }: Needs): Generator<Decided> {
  const { candles } = recorded
  let segment: (Segment & { readonly decider: Decider }) | null = null
  let previous: Call | null = null
  const waiting = segmentsOf(candles)
  const firstClose = candles.length > 0 ? candles.openAt[0]! + candles.intervalMs : Number.POSITIVE_INFINITY
  for (let at = onGrid(Math.max(run.from, firstClose + run.lagMs), run.everyMs); at <= run.to; at += run.everyMs) {
    const known = knownAt(candles, at, run.lagMs)
    if (at - run.lagMs - candles.openAt[known - 1]! - candles.intervalMs >= haltMs) {
      const next =
        known < candles.length ? candles.openAt[known]! + candles.intervalMs + run.lagMs : Number.POSITIVE_INFINITY
      at = Math.max(at, onGrid(next, run.everyMs) - run.everyMs)
      continue
    }
    while (waiting.length > 0 && waiting[0]!.first < known) {
      const next = waiting.shift()!
      const needed = waiting.length === 0 || waiting[0]!.first >= known
      segment = needed ? { ...next, decider: createDecider(next.candles, run.profile) } : segment
      previous = null
    }
    const call: Call = isStale(candles, known, at, run.lagMs)
      ? staleCall(candles, known, at, run.profile)
      : segment!.decider.callAt(known - segment!.first, at, previous)
    previous = call
    yield { call, ending: call.plan && judge(call.plan, recorded), known }
  }
}

const staleCall = ({ close }: Candles, known: number, at: number, profile: Profile): Call =>
  callOf({
    at,
    price: close[known - 1]!,
    facts: null,
    views: viewsOf([], 'native'),
    profile,
    previous: null,
    safety: null,
    unable: staleReason,
  })

/** The first multiple of `everyMs` at or after the instant. */
const onGrid = (at: number, everyMs: number): number => Math.ceil(at / everyMs) * everyMs
