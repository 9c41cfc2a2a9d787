import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { candlesOf, days, hours, minutes, toIso, type Bar } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { systemIds } from '../platform/ids.ts'
import { silentLog } from '../platform/log.ts'
import { documentOf } from '../sources/seen.ts'
import { createCandleStore } from './candles.ts'
import { createDocuments } from './documents.ts'
import type { Needed } from './retention-candles.ts'
import { createForget, keptDays } from './retention.ts'
import { createRollUps } from './rollups.ts'
import { createWatched } from './watched.ts'

let db: Db
beforeAll(async () => void (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())
afterEach(async () => {
  for (const table of ['candle', 'rollup', 'rollup_due', 'forgotten', 'candle_cursor', 'observation', 'ask', 'outbox'])
    await sql`truncate ${sql.table(table)} cascade`.execute(db)
})

const now = Date.UTC(2026, 5, 1, 12)
const ago = (n: number) => now - days(n)
const forget = (needs: Awaited<ReturnType<Needed>> = [], at = now) =>
  createForget({ db, clock: { now: () => at }, log: silentLog, needed: async () => needs })

const bar = (openAt: number): Bar => ({ openAt, open: 2, high: 3, low: 1, close: 2, volume: 1 })
const put = (token: string, times: number[], source = 'test') =>
  db.transaction().execute((tx) =>
    createCandleStore({ db }).put(tx, { token, source }, candlesOf('x', minutes(1), times.map(bar)), {
      interval: '1m',
      fetchedAt: now,
    }),
  )
const rollUp = () => createRollUps({ db }).rollUp()
const kept = async (token: string) =>
  (await db.selectFrom('candle').select('ts').where('tokenId', '=', token).orderBy('ts').execute()).map(({ ts }) =>
    ts.getTime(),
  )
const rolled = () => db.selectFrom('rollup').selectAll().orderBy('tf').orderBy('ts').execute()

it('of minutes begins behind 90 days, with whole days', async () => {
  const midnight = Math.floor(ago(90) / days(1)) * days(1)
  const times = [ago(170), ago(95), midnight - minutes(1), midnight, ago(90) - minutes(1), ago(1)]
  await put('t', times)
  await rollUp()
  const before = await rolled()
  expect(await forget()()).toMatchObject({ candle: 3 })
  expect(await kept('t')).toEqual(times.slice(3))
  expect(await rolled()).toEqual(before)
})

it('of roll-ups takes the narrow ones that are old, and never the wide ones', async () => {
  for (const token of ['t', 'u']) await put(token, [ago(1_200), ago(181), ago(179)])
  await rollUp()
  expect(await forget()()).toMatchObject({ rollup: 2 * (2 + 2 + 1) })
  const left = await rolled()
  const countOf = (tf: string) => left.filter((row) => row.tf === tf).length
  expect(['5m', '15m', '1h', '4h', '1d'].map(countOf)).toEqual([2, 2, 4, 6, 6])
})

it('stops before minutes that are still needed, of one venue or of whatever one', async () => {
  for (const source of ['a', 'b']) await put('t', [ago(120), ago(100), ago(95)], source)
  await put('u', [ago(120), ago(100)])
  await rollUp()
  const needs = [
    { token: 't', source: 'a', from: ago(101) },
    { token: 'u', source: null, from: ago(110) },
  ]
  expect(await forget(needs)()).toMatchObject({ candle: 1 + 3 + 1 })
  expect(await kept('t')).toEqual([ago(100), ago(95)])
  expect(await kept('u')).toEqual([ago(100)])
})

it('leaves minutes that are not rolled up, and a late one makes no candle of what is left of its day', async () => {
  await put('t', [ago(95), ago(95) + minutes(1)])
  expect(await forget()()).toMatchObject({ candle: 0 })
  await rollUp()
  const before = await rolled()
  expect(await forget()()).toMatchObject({ candle: 2 })
  await put('t', [ago(95) + minutes(2)])
  await rollUp()
  expect(await rolled()).toEqual(before)
})

it('tells whoever follows that nothing before is known any more', async () => {
  const store = createCandleStore({ db })
  const cursor = { askedAt: now, answeredAt: now, problem: null, revisedFrom: null }
  await put('t', [ago(95), ago(1)])
  await db
    .transaction()
    .execute((tx) =>
      store.putCursor(tx, { token: 't', source: 'test' }, { ...cursor, fromAt: ago(95), knownUntil: ago(1) }),
    )
  await rollUp()
  await forget()()
  const midnight = Math.floor(ago(90) / days(1)) * days(1)
  expect(await store.cursor({ token: 't', source: 'test' })).toMatchObject({ fromAt: midnight, knownUntil: ago(1) })
})

it('never takes what is newer than it is kept for, or needed, or not rolled up, wherever it is ended', async () => {
  let n = 0
  const hour = fc.integer({ min: 0, max: 200 * 24 })
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(hour, { minLength: 1, maxLength: 12 }),
      fc.option(hour),
      fc.array(hour, { maxLength: 3 }),
      fc.nat(6),
      async (rolledHours, needHour, lateHours, looks) => {
        const token = `property ${n++}`
        const timesOf = (some: readonly number[]) => some.map((h) => now - hours(h)).toSorted((a, b) => a - b)
        await put(token, timesOf(rolledHours))
        await rollUp()
        await put(token, [...new Set(timesOf(lateHours))])
        const due = await db.selectFrom('rollupDue').select('dueFrom').where('tokenId', '=', token).executeTakeFirst()
        const needs = needHour === null ? [] : [{ token, source: null, from: now - hours(needHour) }]
        const before = await kept(token)
        await forget(needs)(abortedAfter(looks))
        const bound = Math.min(ago(90), ...needs.map(({ from }) => from), due?.dueFrom.getTime() ?? Infinity)
        expect((await kept(token)).filter((at) => at >= bound)).toEqual(before.filter((at) => at >= bound))
        await forget(needs)()
        const dayBefore = bound - days(1)
        expect((await kept(token)).filter((at) => at < dayBefore)).toEqual([])
      },
    ),
    { numRuns: 25 },
  )
})

it('drops whole chunks of a hypertable below what every series has let go of', async () => {
  await sql`create table told (until timestamptz)`.execute(db)
  await sql`create function drop_chunks(relation regclass, older_than timestamptz) returns void language sql
    as $body$ insert into told values (older_than) $body$`.execute(db)
  await sql`insert into db_capability values ('timeseries', 'timescaledb-apache') on conflict (name) do update set value = excluded.value`.execute(
    db,
  )
  await put('t', [ago(120), ago(1)])
  await put('u', [ago(120), ago(1)])
  await rollUp()
  await forget([{ token: 'u', source: 'test', from: ago(110) }])()
  const { rows } = await sql<{ until: Date }>`select until from told`.execute(db)
  expect(rows.map(({ until }) => until.getTime())).toEqual([Math.floor(ago(110) / days(1)) * days(1)])
  await sql`update db_capability set value = 'plain' where name = 'timeseries'`.execute(db)
})

it('of observations and of questions begins behind 30 days, and spares those that wait for an answer', async () => {
  const observed = [31, 29].map((n) => ({
    tokenId: 't',
    source: 's',
    name: 'price',
    observedAt: toIso(ago(n)),
    fetchedAt: toIso(ago(n)),
    value: '1',
  }))
  await db.insertInto('observation').values(observed).execute()
  const asked = (n: number) => ({
    id: systemIds.next(),
    question: `q${n}`,
    userId: 'u',
    house: false,
    tokenId: 't',
    profile: '{}',
    slot: null,
    askedAt: toIso(ago(n)),
    deadlineAt: toIso(ago(n)),
  })
  await db
    .insertInto('ask')
    .values([asked(40), asked(31), asked(29)])
    .execute()
  await sql`update ask set state = 'failed', failure = '{}', done_at = asked_at where question in ('q31', 'q29')`.execute(
    db,
  )
  expect(await forget()()).toMatchObject({ observation: 1, ask: 1 })
  const left = await db.selectFrom('ask').select('question').orderBy('question').execute()
  expect(left.map(({ question }) => question)).toEqual(['q29', 'q40'])
})

it('of notifications begins behind 90 days, with what has ended', async () => {
  const said = (n: number, kind: string) => ({
    id: systemIds.next(),
    kind,
    subject: systemIds.next(),
    userId: 'u',
    house: false,
    at: toIso(ago(n)),
    document: '{}',
  })
  await db
    .insertInto('outbox')
    .values([said(91, 'spread'), said(91, 'waiting'), said(89, 'spread')])
    .execute()
  await sql`update outbox set spread_at = at where kind = 'spread'`.execute(db)
  const notice = (n: number, expires: number, read: boolean) =>
    sql`insert into notice (id, user_id, at, document, read_at) values (${systemIds.next()}, 'u', ${toIso(ago(n))},
      ${JSON.stringify({ expiresAt: toIso(ago(expires)) })}::jsonb, ${read ? toIso(ago(n)) : null})`.execute(db)
  await notice(91, 80, true)
  await notice(92, 91, false)
  await notice(91, 80, false)
  await notice(89, 80, true)
  expect(await forget()()).toMatchObject({ outbox: 1, notice: 2 })
  expect(keptDays.notifications).toBe(90)
})

/** Aborted at the look after so many. */
function abortedAfter(looks: number): AbortSignal {
  let left = looks
  return {
    get aborted() {
      return left-- <= 0
    },
  } as AbortSignal
}

it('of documents takes what was read in them along, and of watches what nobody asked for lately', async () => {
  const documents = createDocuments({ db })
  const told = [31, 29].map((age) => {
    const at = ago(age)
    const said = { id: `${age}`, kind: 'news', title: 't', text: '', publisher: 'p.example' } as const
    return documentOf({ source: 'wire', token: null, observedAt: at, fetchedAt: at }, said)
  })
  await documents.keep(told)
  await documents.link(told.map((document) => ({ document, token: 't', relevance: 1 })))
  const answer = { token: 't', source: 's', problem: null, absent: false, fetchedAt: null, figures: [], hazards: [] }
  for (const age of [8, 6]) await createWatched({ db }).keep({ ...answer, watch: `w${age}`, askedAt: ago(age) })
  expect(await forget()()).toMatchObject({ document: 1, watched: 1 })
  const left = await db.selectFrom('documentToken').select('documentId').execute()
  expect(left).toEqual([{ documentId: 'wire:29' }])
})
