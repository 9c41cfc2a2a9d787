import { Failure } from './failure.ts'
import { add, compare, divide, multiply, subtract, zero, type Price } from './price.ts'

/** What can happen to a holding: bought and sold at a price, or come in (a gift, a reward, what was held before) and gone out. */
export const tradeKinds = ['buy', 'sell', 'receive', 'send'] as const
export type TradeKind = (typeof tradeKinds)[number]

/**
 * `priceUsd` is that of one unit: known of what is bought and sold, null where nobody knows what something received did cost. `feeUsd` is
 * paid beside it. `id` names it where it does not fit.
 */
export type Trade = {
  readonly id: string
  readonly kind: TradeKind
  readonly quantity: Price
  readonly priceUsd: Price | null
  readonly feeUsd: Price
}

/**
 * A holding as its trades made it, at average cost. Whatever is known of money obeys, exactly:
 * `realised` + (value - `cost`) = value + `takenOut` - `paidIn`.
 */
export type Position = {
  readonly quantity: Price
  /** What the quantity held did cost, fees of buying included; null while something in it came in at a cost nobody knows. */
  readonly cost: Price | null
  /** Of what was sold: proceeds net of fees, less what it did cost. */
  readonly realised: Price
  /** False where something was sold whose cost nobody knows: `realised` is then without it. */
  readonly realisedIsWhole: boolean
  /** All that went in, and all that came out: proceeds net of fees, and the cost of what was sent away. */
  readonly paidIn: Price
  readonly takenOut: Price
  readonly fees: Price
}

/** Of a part of a cost that does not come out even; what is left has the rest, so that nothing is lost. */
const costDecimals = 24

/**
 * Since the last purchase: all that is sold has one average cost. It is taken from what was there then and all that was sold since, never
 * from the step before, so that a sale in parts costs what it costs at once.
 */
type Stretch = { readonly cost: Price | null; readonly quantity: Price; readonly sold: Price }

/** A position on its way, trade by trade. */
export type PositionState = Omit<Position, 'quantity' | 'cost'> & { readonly stretch: Stretch }

/** Before the first trade. */
export const noPosition: PositionState = {
  stretch: { cost: zero, quantity: zero, sold: zero },
  realised: zero,
  realisedIsWhole: true,
  paidIn: zero,
  takenOut: zero,
  fees: zero,
}

/** The first of the trades, in their order, that takes more than is held by then; null where all fit. */
export function overdrawnBy(trades: readonly Trade[]): { readonly trade: Trade; readonly held: Price } | null {
  let held = zero
  for (const trade of trades) {
    const comesIn = trade.kind === 'buy' || trade.kind === 'receive'
    if (!comesIn && compare(trade.quantity, held) > 0) return { trade, held }
    held = comesIn ? add(held, trade.quantity) : subtract(held, trade.quantity)
  }
  return null
}

/** Trades in their order, none of which takes more than is held. */
export const positionOf = (trades: readonly Trade[]): Position => positionAt(trades.reduce(afterTrade, noPosition))

/** As `positionOf` has it, for who goes through many trades with pauses. */
export function positionAt({ stretch, ...rest }: PositionState): Position {
  return { quantity: subtract(stretch.quantity, stretch.sold), cost: costLeft(stretch), ...rest }
}

export function afterTrade(state: PositionState, trade: Trade): PositionState {
  return trade.kind === 'buy' || trade.kind === 'receive' ? grown(state, trade) : shrunk(state, trade)
}

function grown(state: PositionState, { quantity, priceUsd, feeUsd }: Trade): PositionState {
  const held = subtract(state.stretch.quantity, state.stretch.sold)
  const before = costLeft(state.stretch)
  const paid = priceUsd === null ? null : add(multiply(quantity, priceUsd), feeUsd)
  const cost = before === null || paid === null ? null : add(before, paid)
  return {
    ...state,
    stretch: { cost, quantity: add(held, quantity), sold: zero },
    paidIn: paid === null ? state.paidIn : add(state.paidIn, paid),
    fees: add(state.fees, feeUsd),
  }
}

function shrunk(state: PositionState, { id, kind, quantity, priceUsd, feeUsd }: Trade): PositionState {
  const { stretch } = state
  if (compare(quantity, subtract(stretch.quantity, stretch.sold)) > 0)
    throw new Failure('broken', `the trade ${id} takes more than is held`)
  const left = { ...stretch, sold: add(stretch.sold, quantity) }
  const before = costLeft(stretch)
  const spent = before === null ? null : subtract(before, costLeft(left)!)
  const proceeds = kind === 'sell' ? subtract(multiply(quantity, priceUsd ?? zero), feeUsd) : (spent ?? zero)
  // Nothing is held any more: what comes next has a cost of its own.
  const isOver = compare(left.sold, left.quantity) === 0
  return {
    stretch: isOver ? noPosition.stretch : left,
    realised: spent === null ? state.realised : add(state.realised, subtract(proceeds, spent)),
    realisedIsWhole: state.realisedIsWhole && (spent !== null || kind === 'send'),
    paidIn: state.paidIn,
    takenOut: add(state.takenOut, proceeds),
    fees: kind === 'sell' ? add(state.fees, feeUsd) : state.fees,
  }
}

function costLeft({ cost, quantity, sold }: Stretch): Price | null {
  if (cost === null || compare(sold, zero) === 0) return cost
  if (compare(sold, quantity) === 0) return zero
  return subtract(cost, divide(multiply(cost, sold), quantity, costDecimals))
}

/** What one unit did cost; null where nothing is held, or nobody knows. */
export function averageCost({ quantity, cost }: Pick<Position, 'quantity' | 'cost'>): Price | null {
  return cost === null || compare(quantity, zero) === 0 ? null : divide(cost, quantity, costDecimals)
}

/** Of a whole, in percent to four decimals; null of nothing. */
export const percentOf = (part: Price, whole: Price): number | null =>
  compare(whole, zero) <= 0 ? null : Number(divide(multiply(part, '100' as Price), whole, 4))
