import { z } from 'zod'
import { Failure } from '@pumpiq/domain'
import { CursorInstant, decodeCursor, encodeCursor, type HandlersOf } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import { jobOf } from './batch.ts'
import type { Batch, BatchStore } from './batch-store.ts'

const Position = z.object({ at: CursorInstant, id: z.uuid() })

type Needs = { store: BatchStore; clock: Pick<Clock, 'now'> }

/** A user's jobs: recommendations that are made after he was answered. */
export function createJobRoutes({ store, clock }: Needs): HandlersOf<'jobs'> {
  const shown = (batch: Batch | null, id: string) => {
    if (!batch) throw new Failure('notFound', `you have no job ${id}`)
    return jobOf(batch, clock.now())
  }
  return {
    async list({ caller: { userId }, query: { cursor, limit } }) {
      const before = cursor === undefined ? null : decodeCursor(Position, cursor)
      const all = await store.list(userId, before, limit + 1)
      const page = all.slice(0, limit)
      const last = all.length > limit ? page.at(-1) : undefined
      const next = last ? encodeCursor({ at: last.createdAt, id: last.id }) : null
      return { items: page.map((batch) => jobOf(batch, clock.now())), next }
    },
    one: async ({ caller: { userId }, params: { id } }) => shown(await store.of(userId, id), id),
    async cancel({ caller: { userId }, params: { id } }) {
      await store.cancel(userId, id, clock.now())
      return shown(await store.of(userId, id), id)
    },
  }
}
