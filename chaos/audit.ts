import { barAt, canonical, days, hours, type Recommendation } from '@pumpiq/domain'
import { sql } from 'kysely'
import type { Db } from '../packages/server/src/db/db.ts'
import { createCandleStore } from '../packages/server/src/evidence/candles.ts'
import type { Ledger } from '../packages/server/src/ledger/ledger.ts'
import { verifyExport } from '../packages/server/src/ledger/verify.ts'
import { createFollowingStore } from '../packages/server/src/performance/following.ts'
import { minutesOf, oracle } from './calls.ts'
import { exactly, none, told, type Figure } from './report.ts'
import type { Listing } from './venue.ts'

export type Issued = { readonly listing: Listing; readonly document: Recommendation }

type Row = { id: string; version: number; document: { outcome: unknown } }

/** What the record says against what the market's final minutes say, call by call. */
export async function audit({
  db,
  ledger,
  issued,
}: {
  db: Db
  ledger: Ledger
  issued: readonly Issued[]
}): Promise<Figure[]> {
  const closed = await closedOf(db)
  const versions = Map.groupBy(await outcomesOf(db), ({ id }) => id)
  const wrong: string[] = []
  let lost = 0
  let doubled = 0
  let corrected = 0
  for (const { listing, document } of issued) {
    const own = versions.get(document.id) ?? []
    const last = own.at(-1)
    if (!last || !closed.has(document.id)) lost++
    else if (canonical(last.document.outcome) !== canonical(oracle(document, minutesOf(listing, document))))
      wrong.push(document.id)
    // Versions are numbered without a hole, and each says something else than the one before.
    for (const [k, { version, document: body }] of own.entries()) {
      const before = own[k - 1]
      if (version !== k + 1 || (before && canonical(before.document.outcome) === canonical(body.outcome))) doubled++
    }
    corrected += Math.max(0, own.length - 1)
  }
  const lines: string[] = []
  for await (const line of ledger.exportLines()) lines.push(line)
  const verified = await verifyExport(lines)
  const sealed = lines.filter((line) => line.includes('"kind":"outcome"')).length
  const rows = [...versions.values()].reduce((sum, own) => sum + own.length, 0)
  return [
    none('outcomes lost', lost),
    none(`outcomes wrong${wrong.length > 0 ? ` (${wrong.slice(0, 3).join(', ')})` : ''}`, wrong.length),
    none('outcomes doubled', doubled),
    exactly('outcomes sealed in the ledger, rows beside them', sealed, rows),
    none('records that break the chain', verified.ok ? 0 : 1),
    told('recommendations', issued.length),
    told('further versions by corrected candles', corrected),
  ]
}

async function closedOf(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('following').select('recommendationId as id').where('closed', '=', true).execute()
  return new Set(rows.map(({ id }) => id))
}

const outcomesOf = async (db: Db): Promise<readonly Row[]> =>
  (
    await sql<Row>`select recommendation_id as id, version, document from outcomes order by recommendation_id, version`.execute(
      db,
    )
  ).rows

/** Whether all is ended, and every series that is looked at still has been since the venue told its last (epoch ms). */
export async function isSettled(db: Db, calls: number, toldAt: number): Promise<boolean> {
  if ((await closedOf(db)).size < calls) return false
  const watched = await createFollowingStore({ db, pause: async () => {} }).watched(Date.now() - days(2), hours(1))
  const candles = createCandleStore({ db })
  const cursors = await Promise.all(watched.map((series) => candles.cursor(series)))
  return cursors.every((cursor) => cursor !== null && cursor.askedAt > toldAt && cursor.revisedFrom === null)
}

/**
 * The candles that are kept against those the venue has in the end, from where each cursor begins: before it a series may not have been needed
 * for a while. The newest hour may still be corrected; once nothing hangs on it any more it is not asked for again.
 */
export async function auditCandles(db: Db, listings: readonly Listing[]): Promise<Figure[]> {
  const store = createCandleStore({ db })
  let kept = 0
  let different = 0
  for (const { token, walk } of listings) {
    const series = { token, source: 'binance' }
    const cursor = await store.cursor(series)
    if (!cursor) continue
    const range = { from: cursor.fromAt, to: cursor.knownUntil - hours(1) }
    const found = await store.read(series, { interval: '1m', ...range })
    kept += found.length
    const wanted = new Map(
      walk.last.filter(({ openAt }) => openAt >= range.from && openAt < range.to).map((bar) => [bar.openAt, bar]),
    )
    for (let n = 0; n < found.length; n++) {
      const { openAt, open, high, low, close } = barAt(found, n)
      const bar = wanted.get(openAt)
      if (bar?.open !== open || bar.high !== high || bar.low !== low || bar.close !== close) different++
      wanted.delete(openAt)
    }
    different += wanted.size
  }
  return [told('minutes compared', kept), none('minutes missing or not as the venue last told them', different)]
}
