import { sql } from 'kysely'
import { z } from 'zod'
import { IsoInstant, Outcome } from '@pumpiq/domain'
import { RecommendationSummary, type SealedEvent } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Sealed } from '../ledger/seal.ts'

/** `owner` is the user whose own call it is; null: the house's, which everybody may hear of. */
export type OwnedEvent = { readonly event: SealedEvent; readonly owner: string | null }

/** A stretch of the ledger as it is told: all events up to `upTo`, in order. */
export type Stretch = { readonly events: readonly OwnedEvent[]; readonly upTo: number }

export type SealedEvents = ReturnType<typeof createSealedEvents>

/** So many reads run at once: whoever asks for an answer comes first. */
const mostReads = 4

const Issued = RecommendationSummary.omit({ outcome: true, seal: true })

const OutcomeBody = z.object({
  recommendation: z.uuid(),
  version: z.int().positive(),
  outcome: Outcome.pick({ status: true, at: true, rMultiple: true, returnNetPct: true }),
  source: z.string(),
  recordedAt: IsoInstant,
})

/** What the ledger's records tell a listener. Those who ask for the same stretch at once share one read. */
export function createSealedEvents({ db }: { db: Db }) {
  const underWay = new Map<string, Promise<Stretch>>()
  const queue: (() => void)[] = []
  let running = 0

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= mostReads) await new Promise<void>((resolve) => queue.push(resolve))
    running++
    try {
      return await work()
    } finally {
      running--
      queue.shift()?.()
    }
  }

  async function read(after: number, upTo: number, limit: number): Promise<Stretch> {
    // What was decided from makes up most of the ledger's bytes, is told by nobody, and in canonical form begins so.
    const records = await db
      .selectFrom('ledger')
      .select(['seq', 'prevHash', 'hash', 'body'])
      .where('seq', '>', after)
      .where('seq', '<=', upTo)
      .where(sql<boolean>`left(body, 8) <> '{"body":'`)
      .orderBy('seq')
      .limit(limit)
      .execute()
    const bodies = records.map((record) => ({ record, body: JSON.parse(record.body) as Record<string, unknown> }))
    const calls = await callsOf(
      db,
      bodies.flatMap(({ body }) => callIn(body) ?? []),
    )
    return {
      events: bodies.flatMap(({ record, body }) => eventOf(record, body, calls) ?? []),
      upTo: records.length < limit ? upTo : records.at(-1)!.seq,
    }
  }

  return {
    async head(): Promise<number> {
      const row = await db.selectFrom('ledger').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst()
      return row?.seq ?? 0
    },
    /** The events of at most `limit` records in (after, upTo]; the stretch ends where they do. */
    between(after: number, upTo: number, limit: number): Promise<Stretch> {
      const key = `${after} ${upTo} ${limit}`
      const known = underWay.get(key)
      if (known) return known
      const reading = inTurn(() => read(after, upTo, limit)).finally(() => underWay.delete(key))
      underWay.set(key, reading)
      return reading
    },
  }
}

/** Which call a record is of; null where it is of none. */
function callIn(body: Bodies): string | null {
  if (body['kind'] === 'outcome') return String(body['recommendation'])
  return body['kind'] === 'recommendation' && body['house'] !== true ? String(body['id']) : null
}

type Call = {
  readonly id: string
  readonly userId: string
  readonly house: boolean
  readonly tokenId: string
  readonly symbol: string
}

async function callsOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Call>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('recommendations')
    .select(['id', 'userId', 'house', 'tokenId', 'symbol'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

type Bodies = Readonly<Record<string, unknown>>

/** Null for records that are told by nobody. */
function eventOf({ seq, prevHash, hash }: Sealed, body: Bodies, calls: ReadonlyMap<string, Call>): OwnedEvent | null {
  if (body['kind'] === 'recommendation') {
    const issued = Issued.parse(body)
    const own = calls.get(issued.id)
    // Whose it is stands in no record: without its row nobody hears of it.
    if (!issued.house && !own) return null
    const recommendation = { ...issued, seal: { seq, prevHash, hash } }
    return { event: { event: 'recommendation', seq, recommendation }, owner: own ? own.userId : null }
  }
  if (body['kind'] !== 'outcome') return null
  const { recommendation, version, outcome, source, recordedAt } = OutcomeBody.parse(body)
  const { status, ...ending } = outcome
  const call = calls.get(recommendation)
  // Only what is followed ends, and what is followed was issued.
  if (!call || status === 'OPEN') return null
  const { tokenId: token, symbol, house, userId } = call
  const told = { ...ending, status, recommendation, token, symbol, version, source, recordedAt }
  return { event: { event: 'outcome', seq, outcome: told }, owner: house ? null : userId }
}
