import { z } from 'zod'
import { Figure, Hazard, toIso } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'

/** What a watch last told of a token (of the market where `token` is empty), and when it was last asked. Instants are epoch ms. */
export type WatchedAnswer = {
  readonly token: string
  readonly source: string
  readonly watch: string
  readonly askedAt: number
  /** Why the newest asking failed; null where it did not. `absent`: the source does not know the token, which is an answer. */
  readonly problem: string | null
  readonly absent: boolean
  /** When `figures` and `hazards` came; null where none ever did. */
  readonly fetchedAt: number | null
  readonly figures: readonly Figure[]
  readonly hazards: readonly Hazard[]
}

const Kept = z.object({ absent: z.boolean(), figures: z.array(Figure), hazards: z.array(Hazard) })

export type Watched = ReturnType<typeof createWatched>

/** The last answers of watches, whatever process asked. */
export function createWatched({ db }: { db: Db }) {
  return {
    /** All that is kept of the tokens; of the market under the empty one. */
    async of(tokens: readonly string[]): Promise<WatchedAnswer[]> {
      const rows = await db.selectFrom('watched').selectAll().where('tokenId', 'in', tokens).execute()
      return rows.map((row) => ({
        token: row.tokenId,
        source: row.source,
        watch: row.watch,
        askedAt: row.askedAt.getTime(),
        problem: row.problem,
        fetchedAt: row.fetchedAt?.getTime() ?? null,
        ...Kept.parse(row.document),
      }))
    },

    /** Keeps the answer in place of the one before, unless that was asked for later. */
    async keep(answer: WatchedAnswer): Promise<void> {
      const { token, source, watch, askedAt, problem, fetchedAt, absent, figures, hazards } = answer
      const values = {
        askedAt: toIso(askedAt),
        problem,
        fetchedAt: fetchedAt === null ? null : toIso(fetchedAt),
        document: JSON.stringify({ absent, figures, hazards }),
      }
      await db
        .insertInto('watched')
        .values({ tokenId: token, source, watch, ...values })
        .onConflict((conflict) =>
          conflict
            .columns(['tokenId', 'source', 'watch'])
            .doUpdateSet(values)
            .whereRef('watched.askedAt', '<=', 'excluded.askedAt' as never),
        )
        .execute()
    },
  }
}
