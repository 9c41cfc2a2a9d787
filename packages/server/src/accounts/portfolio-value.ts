import {
  add,
  afterTrade,
  averageCost,
  compare,
  multiply,
  noPosition,
  percentOf,
  positionAt,
  positionSize,
  subtract,
  toIso,
  zero,
  type Position,
  type PositionState,
  type Price,
  type Profile,
  type TokenId,
} from '@pumpiq/domain'
import type { Holding, Portfolio } from '@pumpiq/api'
import type { OwnTransaction } from './portfolio.ts'
import type { ToldToken } from './told-tokens.ts'
import { shortCall, type SeenCall } from './watchlist-routes.ts'

/** Trades between two pauses. */
const atOnce = 1_000

/** How each of them came to stand. It takes its time: others are let go first. */
export async function positionsOf(
  transactions: readonly OwnTransaction[],
  pause: () => Promise<void>,
): Promise<ReadonlyMap<TokenId, Position>> {
  const states = new Map<TokenId, PositionState>()
  for (const [i, one] of transactions.entries()) {
    if (i % atOnce === atOnce - 1) await pause()
    states.set(one.token, afterTrade(states.get(one.token) ?? noPosition, one))
  }
  return new Map([...states].map(([token, state]) => [token, positionAt(state)]))
}

type Known = {
  readonly told: ReadonlyMap<string, ToldToken>
  readonly calls: ReadonlyMap<string, SeenCall>
  readonly profile: Profile
  readonly now: number
}
type Valued = { readonly holding: Holding; readonly paidIn: Price }

/** What is held and what it is worth. What is not known is left out of the sums and named. */
export function portfolioOf(positions: ReadonlyMap<TokenId, Position>, known: Known): Portfolio {
  const all = [...positions].map(([token, position]) => valued(token, position, known))
  const holdings = all.map(({ holding }) => holding)
  const value = sumOf(holdings.map((holding) => holding.value))
  const shared = holdings.map((holding) => ({ ...holding, sharePct: shareOf(holding.value, value) }))
  return {
    at: toIso(known.now),
    totals: totalsOf(all, value),
    exposure: { byToken: exposureBy('symbol', shared, value), byChain: exposureBy('chain', shared, value) },
    holdings: shared.toSorted(byValue),
  }
}

function valued(token: TokenId, position: Position, { told, calls, profile }: Known): Valued {
  const { symbol, name, chain, price } = told.get(token)!
  const { quantity, cost, realised, realisedIsWhole, paidIn, takenOut, fees } = position
  const isHeld = quantity !== zero
  const value = !isHeld ? zero : price === null ? null : multiply(quantity, price.value)
  const unrealised = value === null || cost === null ? null : subtract(value, cost)
  const call = calls.get(token)
  const holding: Holding = {
    token,
    symbol,
    name,
    chain,
    quantity,
    averageCost: averageCost(position),
    value,
    cost,
    realised,
    realisedIsWhole,
    unrealised,
    unrealisedPct: unrealised === null || cost === null ? null : percentOf(unrealised, cost),
    netInvested: subtract(paidIn, takenOut),
    fees,
    sharePct: null,
    price,
    call: call ? shortCall(call) : null,
    advised: call?.type === 'BUY' ? sizeFor(profile, call) : null,
  }
  return { holding, paidIn }
}

/** How much of a call somebody of this profile would take; null where it has no entry. */
export function sizeFor(profile: Profile, { type, entry, stopLoss }: Pick<SeenCall, 'type' | 'entry' | 'stopLoss'>) {
  if (!entry || stopLoss === null) return null
  return positionSize(profile, type === 'BUY' ? entry.high : entry.low, stopLoss)
}

function totalsOf(all: readonly Valued[], value: Price): Portfolio['totals'] {
  const holdings = all.map(({ holding }) => holding)
  const sum = (pick: (holding: Holding) => Price | null) => sumOf(holdings.map(pick))
  const [cost, realised, unrealised] = [
    sum((one) => one.cost),
    sum((one) => one.realised),
    sum((one) => one.unrealised),
  ]
  const missing = holdings.flatMap(missingOf)
  const total = add(realised, unrealised)
  const counted = holdings.flatMap(({ quantity, price }) => (quantity === zero || !price ? [] : [price.at]))
  return {
    value,
    cost,
    realised,
    unrealised,
    total,
    unrealisedPct: missing.length > 0 ? null : percentOf(unrealised, cost),
    totalPct: missing.length > 0 ? null : percentOf(total, sumOf(all.map(({ paidIn }) => paidIn))),
    netInvested: sum((one) => one.netInvested),
    fees: sum((one) => one.fees),
    complete: missing.length === 0,
    missing,
    oldestPriceAt: counted.toSorted()[0] ?? null,
  }
}

function missingOf({ token, symbol, quantity, value, cost, realisedIsWhole }: Holding): string[] {
  return [
    ...(value === null
      ? [`nobody has told a price of ${symbol} (${token}) lately: ${quantity} of it count nothing`]
      : []),
    ...(cost === null ? [`what ${symbol} (${token}) did cost is not known: its gain is not counted`] : []),
    ...(realisedIsWhole
      ? []
      : [`some ${symbol} (${token}) was sold whose cost is not known: that gain is not counted`]),
  ]
}

type Shared = Holding & { readonly sharePct: number | null }

function exposureBy(what: 'symbol' | 'chain', holdings: readonly Shared[], whole: Price) {
  const sums = new Map<string, { name: string; value: Price }>()
  for (const holding of holdings) {
    if (holding.value === null || holding.value === zero) continue
    // Tokens of one ticker are several.
    const key = what === 'symbol' ? holding.token : holding.chain
    const name = what === 'symbol' ? `${holding.symbol} (${holding.token})` : holding.chain
    sums.set(key, { name, value: add(sums.get(key)?.value ?? zero, holding.value) })
  }
  return [...sums.values()]
    .map(({ name, value }) => ({ name, value, sharePct: shareOf(value, whole) }))
    .toSorted((a, b) => compare(b.value, a.value) || (a.name < b.name ? -1 : 1))
}

const shareOf = (value: Price | null, whole: Price): number | null => (value === null ? null : percentOf(value, whole))

const sumOf = (values: readonly (Price | null)[]): Price =>
  values.reduce<Price>((sum, value) => (value === null ? sum : add(sum, value)), zero)

/** The most valuable first, then those without a price, then what is not held any more. */
function byValue(a: Holding, b: Holding): number {
  const rank = ({ quantity, value }: Holding) => (quantity === zero ? 2 : value === null ? 1 : 0)
  return rank(a) - rank(b) || compare(b.value ?? zero, a.value ?? zero) || (a.token < b.token ? -1 : 1)
}
