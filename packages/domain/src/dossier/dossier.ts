import { z } from 'zod'
import { SafetyAssessment } from '../safety/assess.ts'
import { isAfterHalt, knownAt, slice, type Candles } from '../words/candles.ts'
import { Price, priceOf, toNumber } from '../words/price.ts'
import { Kind } from '../words/kind.ts'
import type { Figure, Hazard } from '../words/observation.ts'
import { Gap, Quote, Reading } from '../words/reading.ts'
import type { Crowd, Story } from '../words/story.ts'
import { IsoInstant, Timeframe, toIso } from '../words/time.ts'
import { Token } from '../words/token.ts'
import { candlesApart, checkedPrice } from './checked-price.ts'
import { ToldEvent } from './events.ts'
import type { Facts } from './facts.ts'
import { readGathered } from './gathered-readings.ts'
import { createTechnical } from './technical.ts'
import { Coverage } from './view.ts'

/** `source` names the candles; `since` is the open of the minute that gave it away. */
export const SeenPump = z.object({ source: z.string(), since: IsoInstant, score: z.number() })
export type SeenPump = z.output<typeof SeenPump>

/** What was gathered beside candles and prices. Stories and crowd are null where no source of theirs could be asked. */
export type GatheredEvidence = {
  readonly figures: readonly Figure[]
  /** The same figures as they stood about a day before. */
  readonly earlier: readonly Figure[]
  readonly hazards: readonly Hazard[]
  readonly stories: readonly Story[] | null
  readonly crowd: Crowd | null
  /** The pump that the last minute is in, by the watch over minutes that are not sealed; null where there is none. */
  readonly pump: SeenPump | null
}

/** All that was seen of a token, before any instant is chosen. A recorded file has one venue and no quotes: its last close is its price. */
export type Evidence = {
  readonly token: Token
  readonly timeframe: Timeframe
  readonly candles: Candles | null
  readonly quotes: readonly Quote[]
  readonly gaps: readonly Gap[]
  /** What sources tell beside candles and prices; null where nobody was asked, as in recorded files. */
  readonly gathered: GatheredEvidence | null
  /** By kind: of the sources that were asked for it, how far they answered, 0..1. A kind that is absent was not asked for, or has but one. */
  readonly coverage: Coverage
  /** SIMULATED, single-venue, safety not assessed ...: what the evidence is called wherever it is shown. */
  readonly labels: readonly string[]
  readonly recorded: boolean
  /** Between the close of a candle and its arrival. */
  readonly lagMs: number
}

const SealedZone = z.object({ price: Price, strength: z.number() })

/** `Facts` with prices as decimal strings: what is sealed, and read back to the same doubles. */
export const SealedFacts = z.object({
  close: Price,
  lastOpenAt: IsoInstant,
  bars: z.int().nonnegative(),
  atr: Price,
  sigma: z.number(),
  sigmaError: z.number(),
  sigmaBars: z.int().nonnegative(),
  rangeToMove: z.number(),
  decimals: z.int().min(0).max(20),
  quotePerDay: z.number(),
  idleShare: z.number(),
  surge: z.number(),
  volumeSurge: z.number(),
  /** Absent outside a pump, so that what was sealed before pumps were told is still the same bytes. */
  pump: z.object({ since: IsoInstant, score: z.number() }).optional(),
  supports: z.array(SealedZone),
  resistances: z.array(SealedZone),
})
export type SealedFacts = z.output<typeof SealedFacts>

/** Everything that may be known about a token at one instant. Nothing observed or fetched after `at` is in it. */
export const Dossier = z.object({
  token: Token,
  at: IsoInstant,
  timeframe: Timeframe,
  labels: z.array(z.string()),
  price: z
    .object({ value: Price, source: z.string(), ageMs: z.number().nonnegative(), quotes: z.array(Quote) })
    .nullable(),
  candles: z
    .object({ id: z.string(), intervalMs: z.number(), count: z.int(), firstOpenAt: IsoInstant, lastOpenAt: IsoInstant })
    .nullable(),
  facts: SealedFacts.nullable(),
  readings: z.array(Reading),
  /** The stories that weigh most, without their words; absent where there are none. */
  events: z.array(ToldEvent).optional(),
  /** Null where nobody was asked, as for recorded files. */
  safety: SafetyAssessment.nullable(),
  /** When the oldest of what a kind's readings were read from was true. */
  oldest: z.partialRecord(Kind, IsoInstant),
  coverage: Coverage,
  gaps: z.array(Gap),
  /** Why no call can be made on it, or null. */
  unable: z.string().nullable(),
})
export type Dossier = z.output<typeof Dossier>

/** A candle may be so many intervals old, its arrival apart, before it no longer says what the market does. */
const freshIntervals = 2

/** Has nothing closed for too long, seen from the instant, when `bars` candles are known? */
export const isStale = ({ openAt, intervalMs }: Candles, bars: number, at: number, lagMs: number): boolean =>
  at - openAt[bars - 1]! - intervalMs > freshIntervals * intervalMs + lagMs

export const staleReason = 'the newest candle is too old to decide on'

/** What was known at the instant, measured and folded; what came later is dropped. */
export function compileDossier(evidence: Evidence, at: number): Dossier {
  const known = knownCandles(evidence, at)
  const technical = known && createTechnical(known).at(known.length)
  const stale = known && isStale(known, known.length, at, evidence.lagMs)
  const quotes = evidence.quotes.filter(
    (quote) => Date.parse(quote.fetchedAt) <= at && Date.parse(quote.observedAt) <= at,
  )
  const checked = evidence.recorded ? recordedPrice(known, at) : checkedPrice(quotes, evidence.token, at)
  const gathered = evidence.gathered && readGathered(evidence.gathered, evidence.token, at)
  return {
    token: evidence.token,
    at: toIso(at),
    timeframe: evidence.timeframe,
    labels: [...evidence.labels],
    price: checked.price,
    candles: known && {
      id: known.id,
      intervalMs: known.intervalMs,
      count: known.length,
      firstOpenAt: toIso(known.openAt[0]!),
      lastOpenAt: toIso(known.openAt[known.length - 1]!),
    },
    facts: technical?.facts ? seal(withPump(technical.facts, evidence.gathered?.pump ?? null, at)) : null,
    readings: [...(technical?.readings ?? []), ...(gathered?.readings ?? [])],
    ...(gathered && gathered.events.length > 0 && { events: [...gathered.events] }),
    safety: gathered?.safety ?? null,
    coverage: evidence.coverage,
    oldest: { ...(known && { technical: toIso(known.openAt[known.length - 1]!) }), ...gathered?.oldest },
    gaps: [...evidence.gaps.filter((gap) => Date.parse(gap.at) <= at), ...checked.gaps, ...(gathered?.gaps ?? [])],
    unable:
      checked.unable ?? (stale ? staleReason : null) ?? (known && checked.price && apart(known, checked.price.value)),
  }
}

/** A pump that the minutes show is one, whatever the wider candles show as yet. */
function withPump(facts: Facts, pump: SeenPump | null, at: number): Facts {
  if (facts.pump || !pump || Date.parse(pump.since) > at) return facts
  return { ...facts, pump: { since: Date.parse(pump.since), score: pump.score } }
}

const apart = ({ id, close, length }: Candles, value: Price): string | null =>
  candlesApart(priceOf(close[length - 1]!), id, value)

/** Closed and arrived by the instant, and only what lies behind the last halt. */
function knownCandles({ candles, lagMs }: Evidence, at: number): Candles | null {
  if (!candles) return null
  const bars = knownAt(candles, at, lagMs)
  return bars > 0 ? slice(candles, afterLastHalt(candles, bars), bars) : null
}

/** The index of the first bar behind the last halt among the first `bars`. */
function afterLastHalt(candles: Candles, bars: number): number {
  for (let i = bars - 1; i > 0; i--) if (isAfterHalt(candles, i)) return i
  return 0
}

function recordedPrice(known: Candles | null, at: number): ReturnType<typeof checkedPrice> {
  if (!known) return { price: null, gaps: [], unable: 'no candle was closed yet' }
  const last = known.length - 1
  const ageMs = at - (known.openAt[last]! + known.intervalMs)
  return { price: { value: priceOf(known.close[last]!), source: known.id, ageMs, quotes: [] }, gaps: [], unable: null }
}

function seal(facts: Facts): SealedFacts {
  const zones = (list: Facts['supports']) => list.map(({ price, strength }) => ({ price: priceOf(price), strength }))
  const { pump, ...rest } = facts
  return {
    ...rest,
    ...(pump && { pump: { ...pump, since: toIso(pump.since) } }),
    close: priceOf(facts.close),
    atr: priceOf(facts.atr),
    lastOpenAt: toIso(facts.lastOpenAt),
    supports: zones(facts.supports),
    resistances: zones(facts.resistances),
  }
}

export function unseal(sealed: SealedFacts): Facts {
  const zones = (list: SealedFacts['supports']) =>
    list.map(({ price, strength }) => ({ price: toNumber(price), strength }))
  const { pump, ...rest } = sealed
  return {
    ...rest,
    ...(pump && { pump: { ...pump, since: Date.parse(pump.since) } }),
    close: toNumber(sealed.close),
    atr: toNumber(sealed.atr),
    lastOpenAt: Date.parse(sealed.lastOpenAt),
    supports: zones(sealed.supports),
    resistances: zones(sealed.resistances),
  }
}
