import { Failure, fromIso, minutes, zero, type Token } from '@pumpiq/domain'
import type { NewTransaction } from '@pumpiq/api'
import type { NewOwnTransaction } from './portfolio.ts'

/** Clocks differ by so much. */
const aheadMs = minutes(5)

/** What was said of a transaction, with what was left out; refused where its parts do not go together. */
export function checked(said: Omit<NewTransaction, 'token'>, token: Token, now: number): NewOwnTransaction {
  const { kind, quantity, priceUsd = null, feeUsd = zero, at, note = null, ref = null } = said
  return fitting(
    {
      token: token.id,
      symbol: token.symbol,
      kind,
      quantity,
      priceUsd,
      feeUsd,
      note,
      ref,
      at: at === undefined ? now : fromIso(at, 'at'),
    },
    now,
  )
}

export function fitting<T extends NewOwnTransaction>(one: T, now: number): T {
  const { kind, priceUsd, feeUsd, at } = one
  const isDeal = kind === 'buy' || kind === 'sell'
  if (isDeal && priceUsd === null) throw new Failure('invalid', `priceUsd is missing: a ${kind} has a price`)
  if (kind === 'send' && priceUsd !== null)
    throw new Failure('invalid', 'priceUsd is for what is bought, sold or received: what is sent takes its cost along')
  if (!isDeal && feeUsd !== zero)
    throw new Failure('invalid', `feeUsd is for purchases and sales, and this is a ${kind}`)
  if (at > now + aheadMs) throw new Failure('invalid', 'at lies ahead: say what has happened')
  return one
}
