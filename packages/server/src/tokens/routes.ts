import { z } from 'zod'
import { Failure, fromIso, type Interval, type TokenId } from '@pumpiq/domain'
import { CursorInstant, CursorText, decodeCursor, encodeCursor, type HandlersOf, type HistoryCandle } from '@pumpiq/api'
import { positionOf, unranked, type TokenStore } from './store.ts'
import type { Tokens } from './tokens.ts'

/** Those that open in [from, to), epoch ms, null where open; behind a page those `before` of the same venue. */
export type HistoryAsk = {
  readonly token: TokenId
  readonly interval: Interval
  readonly from: number | null
  readonly to: number | null
  readonly limit: number
  readonly behind: { readonly source: string; readonly before: number } | null
}

/** Newest first, one more than `limit` where there are more. */
export type History = (
  ask: HistoryAsk,
) => Promise<{ source: string | null; candles: readonly HistoryCandle[]; why: string | null }>

type Needs = { tokens: Tokens; store: TokenStore; history: History }

const Behind = z.object({ source: CursorText, before: CursorInstant })
const Position = z.object({ rank: z.int().min(1).max(unranked), id: CursorText })

export function createTokenRoutes({ tokens, store, history }: Needs): HandlersOf<'tokens'> {
  async function known(id: TokenId, abort: AbortSignal) {
    await tokens.ensure(abort)
    const token = await tokens.byId(id)
    if (!token) throw new Failure('notFound', `${id} is not in the catalogue`)
    return token
  }

  return {
    async list({ query: { q, cursor, limit }, abort }) {
      await tokens.ensure(abort)
      const after = cursor === undefined ? null : decodeCursor(Position, cursor)
      const found = await store.page(q ?? null, { after, limit: limit + 1 })
      const items = found.slice(0, limit)
      const last = found.length > limit ? items.at(-1) : undefined
      return { items, next: last ? encodeCursor(positionOf(last)) : null }
    },
    one: ({ params: { id }, abort }) => known(id, abort),
    async history({ params: { id }, query: { interval, limit, cursor, ...span }, abort }) {
      const [from, to] = [instantOf('from', span.from), instantOf('to', span.to)]
      if (from !== null && to !== null && from >= to) throw new Failure('invalid', 'from must be before to')
      const { id: token } = await known(id, abort)
      const behind = cursor === undefined ? null : decodeCursor(Behind, cursor)
      const { source, candles, why } = await history({ token, interval, from, to, limit, behind })
      const items = candles.slice(0, limit)
      const last = candles.length > limit ? items.at(-1) : undefined
      return { token, interval, source, why, items, next: last ? encodeCursor({ source, before: last.ts }) : null }
    },
  }
}

const instantOf = (name: string, text: string | undefined): number | null =>
  text === undefined ? null : fromIso(text, name)
