import { minutes, seconds } from '@pumpiq/domain'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { silentLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { kraken } from '../sources/kraken.ts'
import { pumpportal } from '../sources/pumpportal.ts'
import { createTokenStream, type TokenLineNeeds } from './token-stream.ts'

let db: Db
beforeAll(async () => void (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())
const running: { stop(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()))
  await sql`truncate lease`.execute(db)
})

const expire = () => sql`update lease set expires_at = clock_timestamp() - interval '1 ms'`.execute(db)

/** One process: which lines it has opened and closed, and what it kept. */
function begin(holder: string, { over = () => db, sources = [kraken, pumpportal] } = {}) {
  const clock = createManualClock(Date.UTC(2026, 5, 1))
  const lines: { needs: TokenLineNeeds; isOpen: boolean }[] = []
  const told: unknown[] = []
  let kept = 0
  const stream = createTokenStream({
    db: { getExecutor: () => over().getExecutor() } as unknown as Db,
    sources,
    openLine(needs) {
      const line = { needs, isOpen: true }
      lines.push(line)
      return { state: () => needs.source, close: () => void (line.isOpen = false) }
    },
    newcomers: { tell: (event) => void told.push(event), keep: async () => void kept++ },
    clock,
    log: silentLog,
    holder,
  })
  running.push(stream)
  stream.start()
  const open = () => lines.filter(({ isOpen }) => isOpen).length
  /** Time goes on, and the database has answered. */
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += seconds(5)) {
      await clock.advance(seconds(5))
      await sql`select 1`.execute(db)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { stream, clock, lines, told, open, pass, kept: () => kept }
}

it('opens one line to each source that tells tokens, hands on what it tells, and keeps it every five seconds', async () => {
  const one = begin('one')
  expect(one.stream.states()).toEqual([])
  await one.pass(minutes(1))
  expect(one.stream.states()).toEqual(['pumpportal'])
  expect(one.lines).toHaveLength(1)
  one.lines[0]!.needs.tell({ told: 'seen', seen: [] })
  expect(one.told).toEqual([{ told: 'seen', seen: [] }])
  expect(one.kept()).toBe(12)
})

it('asks the database for nothing where no source tells tokens', async () => {
  const one = begin('one', { sources: [kraken] })
  await one.pass(minutes(1))
  expect([one.clock.dueIn(), one.kept(), one.lines.length]).toEqual([null, 0, 0])
})

it('listens in one process at a time; another follows when it has stopped, and at once', async () => {
  const [one, two] = [begin('one'), begin('two')]
  await one.pass(seconds(20))
  await two.pass(minutes(2))
  expect([one.open(), two.open()]).toEqual([1, 0])
  await one.stream.stop()
  expect(one.open()).toBe(0)
  await two.pass(seconds(10))
  expect([one.open(), two.open()]).toEqual([0, 1])
})

it('hangs up when its lease is taken over', async () => {
  const [one, two] = [begin('one'), begin('two')]
  await one.pass(seconds(10))
  await expire()
  await two.pass(seconds(10))
  await one.pass(seconds(15))
  expect([one.open(), two.open()]).toEqual([0, 1])
})

it('hangs up before its lease has run out while the database cannot be asked, and listens again when it can', async () => {
  let isAway = false
  const away = new Error('the database is away')
  const absent = {
    getExecutor: () => {
      throw away
    },
  } as unknown as Db
  const one = begin('one', { over: () => (isAway ? absent : db) })
  await one.pass(seconds(10))
  expect(one.open()).toBe(1)
  isAway = true
  await one.pass(seconds(15))
  expect(one.open()).toBe(1)
  await one.pass(seconds(5))
  expect(one.open()).toBe(0)
  isAway = false
  await one.pass(seconds(10))
  await vi.waitFor(() => expect(one.open()).toBe(1))
})
