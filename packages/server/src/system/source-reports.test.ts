import { afterAll, beforeAll, expect, it } from 'vitest'
import { minutes } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import type { Quarantined } from '../network/ask.ts'
import type { SourceHealth } from '../network/health.ts'
import { silentLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { createSourceReports, type LineState } from './source-reports.ts'

let db: Db
beforeAll(async () => (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())

const clock = createManualClock(Date.UTC(2026, 5, 1))
const asked = (given: Partial<SourceHealth>): SourceHealth => ({
  source: 'binance',
  calls: 0,
  answered: 0,
  failures: {},
  drift: 0,
  lastSuccessAt: null,
  lastFailureAt: null,
  lastFailure: null,
  breaker: 'closed',
  heldUntil: null,
  latencyMs: { p50: null, p95: null },
  quota: { calls: 10, perMs: 1_000, left: 10 },
  ...given,
})
const line: LineState = {
  source: 'binance',
  connected: true,
  since: 5,
  watched: 3,
  lastMessageAt: 9,
  reconnects: 0,
  skewMs: 12,
  problem: null,
}
const process = (name: string, health: SourceHealth[], lines: LineState[] = [], refused: Quarantined[] = []) =>
  createSourceReports({
    db,
    clock,
    log: silentLog,
    process: name,
    health: () => health,
    lines: () => lines,
    quarantine: () => refused,
    isShared: true,
  })

it('a process that asks nothing shows what the others found, added up, and forgets those that are gone', async () => {
  const engine = process('engine', [
    asked({
      calls: 5,
      answered: 3,
      failures: { timeout: 2 },
      lastSuccessAt: 10,
      lastFailureAt: 20,
      lastFailure: 'late',
      breaker: 'open',
    }),
  ])
  const tracker = process(
    'tracker',
    [asked({ calls: 4, answered: 4, failures: { server: 1 }, lastSuccessAt: 30 })],
    [line],
  )
  const api = process('api', [])
  expect(api.measured()).toEqual([])
  await engine.exchange()
  await tracker.exchange()
  await api.exchange()
  const all = {
    source: 'binance',
    calls: 9,
    answered: 7,
    failures: { timeout: 2, server: 1 },
    lastSuccessAt: 30,
    lastFailureAt: 20,
    lastFailure: 'late',
    breaker: 'closed',
    line,
  }
  expect(api.measured()).toEqual([expect.objectContaining(all)])
  await clock.advance(minutes(2))
  await tracker.exchange()
  await api.exchange()
  expect(api.measured()).toEqual([expect.objectContaining({ calls: 4, breaker: 'closed' })])
})

it('a process that asks nothing shows the newest answers that others refused, as plain text that does no harm', async () => {
  const answer = (at: number, body: string): Quarantined => ({
    at,
    url: 'api.example/v1',
    issue: 'price: \u0000 no',
    body,
  })
  const hostile = `{"a":\u001b[2J"\u202egnp.exe\u0000\r\n<b>${'x'.repeat(600)}\ud800`
  const engine = process('engine', [asked({ source: 'okx' })], [], [answer(1, 'one'), answer(4, hostile)])
  const tracker = process('tracker', [], [{ ...line, source: 'okx' }], [answer(3, 'three'), answer(2, 'two')])
  const api = process('api', [])
  await engine.exchange()
  await tracker.exchange()
  await api.exchange()
  const refused = api.refused('okx')
  expect(refused.map(({ at }) => at)).toEqual([4, 3, 2])
  expect(refused[0]).toMatchObject({ asked: 'api.example/v1', issue: 'price: no' })
  expect(refused[0]!.body).toMatch(/^\{"a": \[2J" gnp\.exe <b>x+$/)
  expect(refused[0]!.body).toHaveLength(500)
  expect(api.refused('binance')).toEqual([])
})
