import { days, price, toIso, type Token, type TokenId } from '@pumpiq/domain'
import type { LastPrice } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'

/** A token as it is shown beside what a user has of it. */
export type ToldToken = {
  readonly symbol: string
  readonly name: string
  readonly chain: string
  readonly price: LastPrice | null
}

/** Asked of what tokens cost at some instant near now: what is older is no price any more. */
const priceForMs = days(2)

type Needs = {
  db: Db
  clock: Pick<Clock, 'now'>
  byId(id: TokenId): Promise<Token | null>
}

export type ToldTokens = ReturnType<typeof createToldTokens>

/** What tokens are called and what was last told of their price, by token. Nobody is asked for it. */
export function createToldTokens({ db, clock, byId }: Needs) {
  async function pricesOf(ids: readonly TokenId[]): Promise<Map<string, LastPrice>> {
    const now = clock.now()
    const rows = await db
      .selectFrom('newestFigure')
      .select(['tokenId', 'source', 'value', 'observedAt'])
      .where('name', '=', 'priceUsd')
      .where('tokenId', 'in', [...ids])
      .where('observedAt', '>=', toIso(now - priceForMs) as never)
      .where('value', '>', '0')
      .execute()
    return new Map(
      rows.map(({ tokenId, source, value, observedAt: at }) => [
        tokenId,
        { value: price(value), source, at: at.toISOString(), ageMs: Math.max(0, now - at.getTime()) },
      ]),
    )
  }

  async function namesOf(ids: readonly TokenId[]): Promise<Map<string, Omit<ToldToken, 'price'>>> {
    const rows = await db
      .selectFrom('tokens')
      .select(['id', 'symbol', 'name', 'chain'])
      .where('id', 'in', [...ids])
      .execute()
    const names = new Map<string, Omit<ToldToken, 'price'>>(rows.map(({ id, ...row }) => [id, row]))
    for (const id of ids) {
      if (names.has(id)) continue
      // Natives are known without a catalogue; what no catalogue knows any more is called by its address.
      const known = await byId(id)
      const [chain = '', address = ''] = id.split(':')
      names.set(id, known ?? { symbol: address.slice(0, 32), name: id, chain })
    }
    return names
  }

  return async function toldTokens(ids: readonly TokenId[]): Promise<ReadonlyMap<string, ToldToken>> {
    if (ids.length === 0) return new Map()
    const prices = await pricesOf(ids)
    const names = await namesOf(ids)
    return new Map(
      [...names].map(([id, { symbol, name, chain }]) => [id, { symbol, name, chain, price: prices.get(id) ?? null }]),
    )
  }
}
