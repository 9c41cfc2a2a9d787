import type { Portfolio } from '@pumpiq/api'
import { add, zero, type Price } from '@pumpiq/domain'

type Holding = Portfolio['holdings'][number]
export type Stance = 'BUY' | 'HOLD' | 'SELL' | 'AVOID' | 'none'

export type StanceShare = {
  readonly stance: Stance
  readonly value: Price
  readonly sharePct: number
  readonly symbols: readonly string[]
}

const order: readonly Stance[] = ['BUY', 'HOLD', 'SELL', 'AVOID', 'none']

/** What the house says of a holding now: a call that is over, or that could not be made, says nothing. */
export function stanceOf({ call }: Pick<Holding, 'call'>, now: number): Stance {
  return call === null || call.abstained !== null || Date.parse(call.expiresAt) <= now ? 'none' : call.type
}

/** How much of what is held stands under which call; what has no price is in none of them. */
export function exposureByCall(holdings: readonly Holding[], now: number): readonly StanceShare[] {
  const priced = holdings.filter(({ value, quantity }) => value !== null && quantity !== zero)
  return order
    .map((stance) => {
      const held = priced.filter((holding) => stanceOf(holding, now) === stance)
      return {
        stance,
        value: held.reduce((sum, { value }) => add(sum, value ?? zero), zero),
        sharePct: held.reduce((sum, { sharePct }) => sum + (sharePct ?? 0), 0),
        symbols: held.map(({ symbol }) => symbol),
      }
    })
    .filter(({ symbols }) => symbols.length > 0)
}

const urgency: readonly Stance[] = ['SELL', 'AVOID', 'BUY']

/** Holdings under a call that asks to do something: those that say to get out first. */
export const touched = (holdings: readonly Holding[], now: number): readonly Holding[] =>
  urgency.flatMap((stance) =>
    holdings.filter((holding) => holding.quantity !== zero && stanceOf(holding, now) === stance),
  )
