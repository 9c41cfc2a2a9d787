import type { Facts } from '../dossier/facts.ts'
import type { ZoneEdge } from '../signals/signal.ts'

/** A level the code proposes; a model may choose among them by id, it cannot name a price. */
export type Candidate = {
  readonly id: string
  readonly for: 'stop' | 'target'
  readonly price: number
  readonly why: string
}

export type Levels = {
  readonly entryLow: number
  readonly entryHigh: number
  readonly stop: number
  readonly targets: readonly [number, number, number]
  readonly chosen: { readonly stop: string; readonly target: string }
  readonly candidates: readonly Candidate[]
}

/** Of the position, closed at T1, T2, T3. */
export const targetShares = [0.5, 0.3, 0.2] as const

/** Stop distance in ATR per square root of the horizon's bars: about 0.4 standard deviations of the horizon's move. */
const stopAtrPerRootBar = 0.3
/** The stop is at least so many round trips away, or costs would eat the R. */
const leastCostsInStop = 4
/** A structural stop may be this much nearer or farther than the ATR's. */
const structureRange = { least: 0.7, most: 1.5 }
/** Distances of T1, T2, T3 in R where structure offers nothing; T1 also pays back the costs, so that it is worth 1 R net. */
export const targetR = [1.2, 2, 3.2] as const
const zoneAtr = { toward: 0.1, away: 0.3 }
const behindZoneAtr = 0.35

type Ask = {
  readonly type: 'BUY' | 'SELL'
  readonly price: number
  readonly facts: Facts
  readonly bars: number
  readonly costRatioPerSide: number
  /** How far stop and targets may lie, percent of the price; null: as far as they do. */
  readonly limits?: LevelLimits | undefined
  /** Ids of other candidates to stand on; what is null, or not among the candidates, stays the default. */
  readonly choice?: LevelChoice
}

export type LevelLimits = {
  readonly maxStopPct: number | null
  readonly takeProfitPct: readonly [number, number, number] | null
}

/** Ids of candidates that stand where a limit of the profile puts them, not where the market does. */
export const limitIds: readonly string[] = ['stop.limit', 'target.limit']

/**
 * Why levels within a profile's limits cannot be had, or null: a stop so near costs as much as it saves, and a first target so near pays
 * less than the risk. Limits only tighten, so there is no trade then.
 */
export function beyondLimits(
  { price, limits, costRatioPerSide }: Pick<Ask, 'price' | 'limits' | 'costRatioPerSide'>,
  levels: Levels | null,
): string | null {
  const stopPct = limits?.maxStopPct ?? null
  const leastPct = leastCostsInStop * 2 * costRatioPerSide * 100
  if (stopPct !== null && stopPct < leastPct)
    return `a stop within your limit of ${stopPct} % would not pay the costs: ${leastPct.toFixed(2)} % is the least`
  const targetPct = limits?.takeProfitPct?.[0] ?? null
  if (targetPct === null || !levels) return null
  const reward = Math.abs(levels.targets[0] - price)
  return reward > (price * targetPct) / 100 + 1e-9 * price
    ? `a first target within your limit of ${targetPct} % would pay less than the risk`
    : null
}

export type LevelChoice = { readonly stop: string | null; readonly target: string | null }

/**
 * Levels from ATR, swing structure, cost and tick. Worked out as distances along the trade (up for a BUY, down for a SELL), so that both
 * sides are one arithmetic. Null when the tick is too coarse to keep stop < entry < T1 < T2 < T3 apart, or when the last of them would lie
 * below zero.
 */
export function levelsFor(ask: Ask): Levels | null {
  const { price, facts, bars, costRatioPerSide } = ask
  const roundTrip = 2 * costRatioPerSide * price
  const entryAway = zoneAtr.away * facts.atr
  const entryToward = zoneAtr.toward * facts.atr
  const stops = stopDistances(
    ask,
    Math.max(stopAtrPerRootBar * Math.sqrt(bars) * facts.atr, leastCostsInStop * roundTrip),
  )
  const stop = chosenOf(stops, ask.choice?.stop)
  const risk = stop.distance + entryToward
  const targets = targetDistances(ask, risk, roundTrip, entryToward)
  const first = chosenOf(targets, ask.choice?.target)
  const [, mostSecond = Infinity, mostThird = Infinity] = limitDistances(ask)
  const tick = 10 ** -facts.decimals
  const held = (distance: number, most: number) => (distance + tick <= most ? distance : most)
  const second = held(Math.max(entryToward + targetR[1] * risk, first.distance + 0.5 * risk), mostSecond)
  const third = held(Math.max(entryToward + targetR[2] * risk, second + 0.5 * risk), mostThird)
  return onTick(ask, {
    entryLow: -entryAway,
    entryHigh: entryToward,
    stop: -stop.distance,
    targets: [first.distance, second, third],
    chosen: { stop: stop.id, target: first.id },
    candidates: [
      ...stops.map(({ id, distance, why }) => ({ id, for: 'stop' as const, price: -distance, why })),
      ...targets.map(({ id, distance, why }) => ({ id, for: 'target' as const, price: distance, why })),
    ],
  })
}

type Distance = { readonly id: string; readonly distance: number; readonly why: string }

/** The one that was asked for, else the last: structure where there is one in reach. */
const chosenOf = (distances: readonly Distance[], id: string | null | undefined): Distance =>
  distances.find((distance) => distance.id === id) ?? distances.at(-1)!

/** The farthest each target may lie, as distances; empty without limits. */
const limitDistances = ({ price, limits }: Ask): number[] =>
  limits?.takeProfitPct?.map((pct) => (price * pct) / 100) ?? []

/** Those that are a tick within a limit, for levels are rounded away from the price; where none is, the limit itself, which is not. */
const within = ({ facts }: Ask, distances: Distance[], limit: Distance): Distance[] => {
  const near = distances.filter(({ distance }) => distance + 10 ** -facts.decimals <= limit.distance)
  return near.length > 0 ? near : [limit]
}

function stopDistances(ask: Ask, base: number): Distance[] {
  const { price, limits } = ask
  const found = foundStops(ask, base)
  const pct = limits?.maxStopPct ?? null
  if (pct === null) return found
  return within(ask, found, { id: 'stop.limit', distance: (price * pct) / 100, why: `at your limit of ${pct} %` })
}

function foundStops({ type, price, facts }: Ask, base: number): Distance[] {
  const byAtr = { id: 'stop.atr', distance: base, why: `${(base / facts.atr).toFixed(1)} ATR away` }
  const zones = type === 'BUY' ? facts.supports : facts.resistances
  const fits = (zone: ZoneEdge) => {
    const distance = Math.abs(price - zone.price) + behindZoneAtr * facts.atr
    return distance >= structureRange.least * base && distance <= structureRange.most * base ? distance : null
  }
  const zone = zones.find((candidate) => fits(candidate) !== null)
  return zone
    ? [
        byAtr,
        { id: 'stop.structure', distance: fits(zone)!, why: `behind a zone of strength ${zone.strength.toFixed(2)}` },
      ]
    : [byAtr]
}

/** T1 is at least 1 R net of the round trip, counted from the far edge of the entry zone; a limit below that is refused elsewhere. */
function targetDistances(ask: Ask, risk: number, roundTrip: number, entryToward: number): Distance[] {
  const least = entryToward + risk + 2 * roundTrip
  const found = foundTargets(ask, { risk, least, entryToward })
  const [most] = limitDistances(ask)
  if (most === undefined || most < least) return found
  return within(ask, found, {
    id: 'target.limit',
    distance: most,
    why: `at your limit of ${ask.limits!.takeProfitPct![0]} %`,
  })
}

type Least = { readonly risk: number; readonly least: number; readonly entryToward: number }

function foundTargets({ type, price, facts }: Ask, { risk, least, entryToward }: Least): Distance[] {
  const usual = Math.max(least, entryToward + targetR[0] * risk)
  const byR = { id: 'target.r', distance: usual, why: `${((usual - entryToward) / risk).toFixed(2)} R` }
  const zones = type === 'BUY' ? facts.resistances : facts.supports
  const before = (zone: ZoneEdge) => Math.abs(zone.price - price) - zoneAtr.toward * facts.atr
  const zone = zones.find((candidate) => before(candidate) >= least && before(candidate) <= usual * 1.5)
  return zone
    ? [
        byR,
        {
          id: 'target.structure',
          distance: before(zone),
          why: `before a zone of strength ${zone.strength.toFixed(2)}`,
        },
      ]
    : [byR]
}

/** Distances to prices on the tick, each rounded to the side that flatters less. */
function onTick(ask: Ask, plan: Levels): Levels | null {
  const { type, price, facts } = ask
  const limits = limitDistances(ask)
  const sign = type === 'BUY' ? 1 : -1
  const at = (distance: number, farther: boolean) =>
    tickPrice(price + sign * distance, facts.decimals, distance > 0 === farther ? sign : -sign)
  /** Of a limit not even a part of a tick is passed over. */
  const held = (distance: number) =>
    tickPrice(price + sign * distance, facts.decimals, distance > 0 ? -sign : sign, 1e-14)
  const standing = (distance: number, isLimit: boolean) => (isLimit ? held(distance) : at(distance, true))
  const zone = [at(plan.entryLow, false), at(plan.entryHigh, false)].toSorted((a, b) => a - b) as [number, number]
  const stop = standing(plan.stop, limitIds.includes(plan.chosen.stop))
  const targets = plan.targets.map((distance, i) => standing(distance, distance === limits[i])) as [
    number,
    number,
    number,
  ]
  const path = sign > 0 ? [stop, ...zone, ...targets] : [stop, ...zone.toReversed(), ...targets]
  const ordered = path.every((level, i) => level > 0 && (i === 0 || i === 2 || sign * (level - path[i - 1]!) > 0))
  if (!ordered) return null
  const candidates = plan.candidates.map((candidate) => ({
    ...candidate,
    price: standing(candidate.price, limitIds.includes(candidate.id)),
  }))
  return { entryLow: zone[0], entryHigh: zone[1], stop, targets, chosen: plan.chosen, candidates }
}

/** The nearest price of so many decimals above (`up` > 0) or below; dividing by an exact power of ten gives the decimal's own double. */
function tickPrice(value: number, decimals: number, up: number, lastBits = 1e-9): number {
  const scale = 10 ** decimals
  const scaled = value * scale
  const nearest = Math.round(scaled)
  // A value that is a tick already, but for the last bits of the multiplication, stays where it is.
  const whole =
    Math.abs(scaled - nearest) < lastBits * Math.max(1, Math.abs(scaled))
      ? nearest
      : up > 0
        ? Math.ceil(scaled)
        : Math.floor(scaled)
  return whole / scale
}
