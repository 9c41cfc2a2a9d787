import { canonical, Failure, failureCodes, Profile, toIso, tokenId, type TokenId } from '@pumpiq/domain'
import type { HouseProgress } from '@pumpiq/api'
import type { Db, Tx } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Ids } from '../platform/ids.ts'
import { untraced, type Trace } from '../platform/trace.ts'

/** What an engine is to answer until `deadlineAt` (epoch ms). `slot` is the round of house calls it belongs to, null for a user's. */
export type Question = {
  readonly userId: string
  readonly house: boolean
  readonly token: TokenId
  readonly profile: Profile
  readonly slot: number | null
  readonly deadlineAt: number
}

export type Ask = Question & { readonly id: string; readonly traceparent: string | null } & (
    | { readonly state: 'waiting' }
    | { readonly state: 'done'; readonly recommendationId: string }
    | { readonly state: 'failed'; readonly failure: Failure }
  )

export type Asks = ReturnType<typeof createAsks>

type Needs = {
  db: Db
  ids: Ids
  clock: Pick<Clock, 'now'>
  /** What went on when it was asked, so that the answer can be told as a part of it. */
  trace?: Pick<Trace, 'here'>
}

/** Between two rounds of house calls. */
export const houseEveryMs = 900_000

/**
 * Questions to the engines, one row each: whatever process asks, whichever answers, and whatever becomes of the queue between them. Equal
 * questions that wait are one; a token is asked about once in a slot of the house.
 */
export function createAsks({ db, ids, clock, trace = untraced }: Needs) {
  /** The one in whose way this is: each case has an index of its own. */
  async function found(question: string, { slot, token }: Question): Promise<string | null> {
    const rows = db.selectFrom('ask').select('id')
    const row = await (
      slot === null
        ? rows.where('question', '=', question).where('state', '=', 'waiting')
        : rows.where('slot', '=', toIso(slot) as never).where('tokenId', '=', token)
    ).executeTakeFirst()
    return row?.id ?? null
  }

  async function put(wanted: Question): Promise<{ id: string; isNew: boolean }> {
    const { userId, house, token, profile, slot, deadlineAt } = wanted
    const question = canonical({ userId, house, token, profile, slot })
    // Between the two statements an equal one may have been answered: then this one is asked.
    for (let left = 3; left > 0; left--) {
      const row = await db
        .insertInto('ask')
        .values({
          id: ids.next(),
          question,
          userId,
          house,
          tokenId: token,
          profile: JSON.stringify(profile),
          slot: slot === null ? null : toIso(slot),
          askedAt: toIso(clock.now()),
          deadlineAt: toIso(deadlineAt),
          traceparent: trace.here(),
        })
        .onConflict((on) => on.doNothing())
        .returning('id')
        .executeTakeFirst()
      if (row) return { id: row.id, isNew: true }
      const id = await found(question, wanted)
      if (id !== null) return { id, isNew: false }
    }
    throw new Failure('unavailable', 'the question could not be kept; ask again', { retryAfterMs: 1_000 })
  }

  async function end(id: string, failure: Failure): Promise<void> {
    const { code, message } = failure
    await db
      .updateTable('ask')
      .set({ state: 'failed', failure: JSON.stringify({ code, message }), doneAt: toIso(clock.now()) })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .execute()
  }

  return {
    put,
    fail: end,

    async byId(id: string): Promise<Ask | null> {
      const row = await db.selectFrom('ask').selectAll().where('id', '=', id).executeTakeFirst()
      if (!row) return null
      const question = {
        id,
        userId: row.userId,
        house: row.house,
        token: tokenId(row.tokenId),
        profile: Profile.parse(row.profile),
        slot: row.slot?.getTime() ?? null,
        deadlineAt: row.deadlineAt.getTime(),
        traceparent: row.traceparent,
      }
      if (row.state === 'done') return { ...question, state: 'done', recommendationId: row.recommendationId! }
      if (row.state === 'failed') return { ...question, state: 'failed', failure: failureOf(row.failure) }
      return { ...question, state: 'waiting' }
    },

    /** In the transaction that records the answer; refused (conflict) when it was answered, or given up, meanwhile: then nothing is recorded. */
    async answer(tx: Tx, id: string, recommendationId: string): Promise<void> {
      const { numUpdatedRows } = await tx
        .updateTable('ask')
        .set({ state: 'done', recommendationId, doneAt: toIso(clock.now()) })
        .where('id', '=', id)
        .where((is) => is.or([is('state', '=', 'waiting'), is('recommendationId', '=', recommendationId)]))
        .executeTakeFirst()
      if (numUpdatedRows !== 1n) throw new Failure('conflict', `the question ${id} has been answered already`)
    },

    /** What waits, oldest first: the house's that were asked before `houseBefore`, others' before `before` (epoch ms). */
    async waiting({ before, houseBefore }: { before: number; houseBefore: number }): Promise<string[]> {
      const rows = await db
        .selectFrom('ask')
        .select('id')
        .where('state', '=', 'waiting')
        .where((is) =>
          is.or([
            is.and([is('house', '=', false), is('askedAt', '<=', toIso(before) as never)]),
            is.and([is('house', '=', true), is('askedAt', '<=', toIso(houseBefore) as never)]),
          ]),
        )
        .orderBy('askedAt')
        .limit(500)
        .execute()
      return rows.map(({ id }) => id)
    },

    /** Gives up what was not answered in time. */
    async expire(): Promise<number> {
      const failure = { code: 'unavailable', message: 'no engine answered in time; ask again' }
      const { numUpdatedRows } = await db
        .updateTable('ask')
        .set({ state: 'failed', failure: JSON.stringify(failure), doneAt: toIso(clock.now()) })
        .where('state', '=', 'waiting')
        .where('deadlineAt', '<', toIso(clock.now()) as never)
        .executeTakeFirst()
      return Number(numUpdatedRows)
    },

    /** The tokens that users asked about within so long, the newest first. */
    async tokensSince(withinMs: number): Promise<TokenId[]> {
      const rows = await db
        .selectFrom('ask')
        .select((is) => ['tokenId', is.fn.max('askedAt').as('last')])
        .where('house', '=', false)
        .where('askedAt', '>=', toIso(clock.now() - withinMs) as never)
        .groupBy('tokenId')
        .orderBy('last', 'desc')
        .limit(100)
        .execute()
      return rows.map((row) => tokenId(row.tokenId))
    },

    /** Who asked about which tokens within so long, the newest first. */
    async askersSince(withinMs: number): Promise<{ token: TokenId; userId: string }[]> {
      const rows = await db
        .selectFrom('ask')
        .select((is) => ['tokenId', 'userId', is.fn.max('askedAt').as('last')])
        .where('house', '=', false)
        .where('askedAt', '>=', toIso(clock.now() - withinMs) as never)
        .groupBy(['tokenId', 'userId'])
        .orderBy('last', 'desc')
        .limit(1_000)
        .execute()
      return rows.map((row) => ({ token: tokenId(row.tokenId), userId: row.userId }))
    },

    /** Whether a recommendation was made for exactly this profile; true of what answered no question that is kept. */
    async isFor(recommendationId: string, profile: Profile): Promise<boolean> {
      const row = await db
        .selectFrom('ask')
        .select('profile')
        .where('recommendationId', '=', recommendationId)
        .executeTakeFirst()
      return !row || canonical(Profile.parse(row.profile)) === canonical(profile)
    },

    /** How the newest round of house calls is, whoever runs it. */
    async round(): Promise<Omit<HouseProgress, 'called'>> {
      const newest = await db
        .selectFrom('ask')
        .select((is) => is.fn.max('slot').as('slot'))
        .executeTakeFirstOrThrow()
      const slot = newest.slot
      if (slot === null) return { tracked: 0, running: false, lastRunAt: null, nextRunAt: null }
      const asked = await db
        .selectFrom('ask')
        .select((is) => [
          is.fn.countAll<number>().as('tracked'),
          is.fn.count<number>('doneAt').as('done'),
          is.fn.max('doneAt').as('doneAt'),
        ])
        .where('slot', '=', slot)
        .executeTakeFirstOrThrow()
      const running = asked.done < asked.tracked
      return {
        tracked: asked.tracked,
        running,
        lastRunAt: running || asked.doneAt === null ? null : asked.doneAt.toISOString(),
        nextRunAt: toIso(slot.getTime() + houseEveryMs),
      }
    },
  }
}

function failureOf(kept: object | null): Failure {
  const { code, message } = (kept ?? {}) as { code?: unknown; message?: unknown }
  const known = failureCodes.find((one) => one === code)
  return new Failure(known ?? 'broken', typeof message === 'string' ? message : 'it failed')
}
