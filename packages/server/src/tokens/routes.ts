import { z } from 'zod'
import { Failure } from '@pumpiq/domain'
import { decodeCursor, encodeCursor, type HandlersOf } from '@pumpiq/api'
import { positionOf, unranked, type TokenStore } from './store.ts'
import type { Tokens } from './tokens.ts'

type Needs = { tokens: Tokens; store: TokenStore }

const Position = z.object({ rank: z.int().min(1).max(unranked), id: z.string() })

export function createTokenRoutes({ tokens, store }: Needs): HandlersOf<'tokens'> {
  return {
    async list({ query: { q, cursor, limit }, abort }) {
      await tokens.ensure(abort)
      const after = cursor === undefined ? null : decodeCursor(Position, cursor)
      const found = await store.page(q ?? null, { after, limit: limit + 1 })
      const items = found.slice(0, limit)
      const last = found.length > limit ? items.at(-1) : undefined
      return { items, next: last ? encodeCursor(positionOf(last)) : null }
    },
    async one({ params: { id }, abort }) {
      await tokens.ensure(abort)
      const token = await tokens.byId(id)
      if (!token) throw new Failure('notFound', `${id} is not in the catalogue`)
      return token
    },
  }
}
