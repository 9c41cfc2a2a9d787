import { type Bar, barAt, type Candles, candlesOf, firstAtOrAfter } from '../words/candles.ts'
import { toIso } from '../words/time.ts'
import type { Plan } from '../decide/plan.ts'
import { baseOf, type Dispute, type Range } from './spikes.ts'

/** Within this of the price in question another venue has shown it too. */
const near = 0.01

/**
 * What was found of a disputed candle, as long as the venue tells it with this price. `stands`: another venue showed it too, or none can
 * say; else it is not used.
 */
export type Verdict = {
  readonly openAt: number
  readonly price: number
  readonly stands: boolean
  readonly note: string
}

/** Does another venue's trading around that minute show the price? Null when it tells of none. */
export function isShownBy(candles: Candles, price: number): boolean | null {
  if (candles.length === 0) return null
  for (let i = 0; i < candles.length; i++)
    if (price <= candles.high[i]! * (1 + near) && price >= candles.low[i]! * (1 - near)) return true
  return false
}

/** Whether the venue still tells the candle as it was when the verdict was found. */
function isOf({ openAt, price }: Verdict, candles: Candles): boolean {
  const i = firstAtOrAfter(candles, openAt)
  if (i >= candles.length || candles.openAt[i] !== openAt) return false
  return candles.open[i] === price || candles.high[i] === price || candles.low[i] === price
}

/** Candles without what another venue contradicts; `until` is where they end because price has not come back yet, else null. */
export type Believed = { readonly candles: Candles; readonly until: number | null; readonly by: readonly Verdict[] }

/**
 * One minute that was contradicted is cut to the range of its neighbours. Where price stayed away for longer those minutes are left out, as
 * if the venue had been silent, up to where it trades again near where it was; until then nothing behind them is believed. `by`: the
 * verdicts that hold for what the venue tells.
 */
export function believed(
  plan: Plan,
  candles: Candles,
  { share, verdicts }: { share: number; verdicts: readonly Verdict[] },
): Believed {
  let own = candles
  const by: Verdict[] = []
  for (const verdict of verdicts.toSorted((a, b) => a.openAt - b.openAt)) {
    if (verdict.openAt < plan.issuedAt || verdict.openAt >= plan.expiresAt || !isOf(verdict, own)) continue
    by.push(verdict)
    if (verdict.stands) continue
    const i = firstAtOrAfter(own, verdict.openAt)
    const base = baseOf(plan, own, i)
    if (base === null) continue
    const back = backAt(own, i + 1, base, share)
    if (back === null) return { candles: firstOf(own, i), until: verdict.openAt, by }
    own = without(own, i, back, base)
  }
  return { candles: own, until: null, by }
}

/** The first bar from i on that trades near a range again. */
function backAt(candles: Candles, from: number, base: Range, share: number): number | null {
  for (let i = from; i < candles.length; i++)
    if (candles.low[i]! <= base.high * (1 + share) && candles.high[i]! >= base.low * (1 - share)) return i
  return null
}

const barsOf = (candles: Candles): Bar[] => Array.from({ length: candles.length }, (_, i) => barAt(candles, i))

const firstOf = (candles: Candles, length: number): Candles => ({ ...candles, length })

function without(candles: Candles, from: number, to: number, base: Range): Candles {
  const bars = barsOf(candles)
  if (to > from + 1) bars.splice(from, to - from)
  else {
    const high = Math.max(base.high, candles.high[to]!)
    const low = Math.min(base.low, candles.low[to]!)
    const cut = (price: number) => Math.min(high, Math.max(low, price))
    const bar = bars[from]!
    bars[from] = { ...bar, open: cut(bar.open), high: cut(bar.high), low: cut(bar.low), close: cut(bar.close) }
  }
  return candlesOf(candles.id, candles.intervalMs, bars)
}

/** What became of asking: another venue's answer (`shown` null: no trade then), that no other lists the token, or that none could be asked. */
export type SecondSaid =
  | { readonly source: string; readonly shown: boolean | null }
  | 'not listed elsewhere'
  | 'nobody could be asked'

/** The verdict on a candle of `source`, with what an outcome says of it. Only who contradicts takes a candle away. */
export function verdictOf(
  source: string,
  { openAt, price }: Pick<Dispute, 'openAt' | 'price'>,
  said: SecondSaid,
): Verdict {
  const what = `${source} showed ${price} in the minute of ${toIso(openAt)}, far from the minutes beside it`
  const verdict = (stands: boolean, why: string): Verdict => ({ openAt, price, stands, note: `${what}: ${why}` })
  if (said === 'not listed elsewhere') return verdict(true, 'no other venue lists the token, so it stands')
  if (said === 'nobody could be asked') return verdict(true, 'no other venue could be asked for hours, so it stands')
  if (said.shown === null) return verdict(true, `${said.source} tells of no trade then, so it stands`)
  return said.shown
    ? verdict(true, `${said.source} shows it too`)
    : verdict(false, `${said.source} does not show it, so it is not used`)
}
