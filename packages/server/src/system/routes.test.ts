import { Failure } from '@pumpiq/domain'
import { Health, nobody, ServiceHealth, SourceHealth, type HouseProgress } from '@pumpiq/api'
import { expect, it } from 'vitest'
import type { JobsHealth as Worked } from '../jobs/runner.ts'
import type { ModelHealth } from '../llm/model.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { createSystemRoutes, type ReadyCheck } from './routes.ts'
import { servicesOf } from './services.ts'
import type { Measured } from './source-reports.ts'

const at = Date.UTC(2026, 0, 5, 12)
const cards = ['binance', 'kraken'].map((id) => ({
  id,
  docs: `https://docs.example/${id}`,
  feeds: ['candles', 'price'],
  kinds: ['technical' as const],
  off: null,
}))
const good: Measured = {
  source: 'binance',
  calls: 4,
  answered: 4,
  failures: {},
  drift: 0,
  lastSuccessAt: at - 1000,
  lastFailureAt: null,
  lastFailure: null,
  breaker: 'closed',
  heldUntil: null,
  latencyMs: { p50: 80, p95: 120 },
  quota: { calls: 20, perMs: 1000, left: 19 },
  line: null,
}
const bad: Measured = {
  ...good,
  source: 'kraken',
  failures: { timeout: 2 },
  lastSuccessAt: at - 9000,
  lastFailureAt: at - 500,
  lastFailure: 'no answer within 5 s',
}
const busy: HouseProgress = { tracked: 30, called: 30, running: false, lastRunAt: null, nextRunAt: null }

const clock = createManualClock(at)
const queue = { waiting: 2, active: 1, delayed: 3, failed: 0, oldestWaitingMs: 1_500 }
const work: Worked = {
  backend: { kind: 'redis', answers: true },
  roles: [
    { role: 'engine', isWorkedHere: true, queue },
    { role: 'orchestrator', isWorkedHere: false, queue: { ...queue, oldestWaitingMs: null } },
    { role: 'tracker', isWorkedHere: false, queue: null },
  ],
  jobs: [],
}

const parts: Parameters<typeof servicesOf>[0] = {
  store: { engine: 'postgresql', timeseries: 'plain', replica: 'none' },
  redis: null,
  work,
  model: null,
  tracker: { state: 'live', lagMs: 0, open: 3, behind: [] },
  states: [],
}

type Changes = { measured?: Measured[]; house?: HouseProgress; checks?: ReadyCheck[] }
const routes = ({ measured = [good, { ...good, source: 'kraken' }], house = busy, checks = [] }: Changes = {}) =>
  createSystemRoutes({
    clock,
    startedAt: at - 60_000,
    version: '0.1.0',
    simulated: true,
    sources: cards,
    measured: () => measured,
    house: () => house,
    tracker: () => ({ state: 'live', lagMs: 0, open: 0, behind: [] }),
    jobs: async () => work,
    store: () => ({ engine: 'embedded', timeseries: 'plain', replica: 'none' }),
    head: () => ({ seq: 0, hash: '0'.repeat(64) }),
    checks,
    notices: () => [],
  })
const asked = {
  params: undefined,
  query: undefined,
  body: undefined,
  abort: new AbortController().signal,
  caller: nobody,
}
const health = async (changes?: Changes) => Health.parse(await routes(changes).health(asked))

it('is ok when every source answered last time and there are calls', async () => {
  expect(await health()).toMatchObject({ status: 'ok', data: 'simulated', sources: { up: 2, unknown: 0, down: [] } })
})

it('is degraded when a source failed after it last answered, and names it with the reason', async () => {
  expect(await health({ measured: [good, bad] })).toMatchObject({
    status: 'degraded',
    sources: {
      up: 1,
      down: [{ id: 'kraken', why: 'no answer within 5 s', lastSuccessAt: '2026-01-05T11:59:51.000Z' }],
    },
  })
})

it('is up again when it answered after it failed', async () => {
  expect(await health({ measured: [good, { ...bad, lastSuccessAt: at }] })).toMatchObject({ status: 'ok' })
})

it('is down while the breaker is open, whatever answered before', async () => {
  expect(await health({ measured: [good, { ...good, source: 'kraken', breaker: 'open' }] })).toMatchObject({
    status: 'degraded',
  })
})

it('is offline when all that were asked are down', async () => {
  expect(await health({ measured: [bad] })).toMatchObject({ status: 'offline', sources: { up: 0, unknown: 1 } })
})

it('is starting while there is no call yet', async () => {
  expect(await health({ house: { ...busy, called: 0, running: true } })).toMatchObject({ status: 'starting' })
})

it('calls a source unknown, not up, before it was asked', async () => {
  const { items } = await routes({ measured: [] }).sources(asked)
  expect(items.map((item) => SourceHealth.parse(item).state)).toEqual(['unknown', 'unknown'])
})

it('is not ready for the reasons its checks give, and keeps what is not ours to itself', async () => {
  const checks: ReadyCheck[] = [
    { name: 'database', check: () => Promise.reject(new Error('connect db.internal:5432')) },
    { name: 'ledger', check: () => Promise.reject(new Failure('unavailable', 'record 7 is torn')) },
    { name: 'web', check: () => {} },
  ]
  await expect(routes({ checks }).ready(asked)).rejects.toMatchObject({
    code: 'unavailable',
    message: 'not ready: database: failed; ledger: record 7 is torn',
  })
})

it('tells how deep and how old all queues together are, leaving out what cannot be asked', async () => {
  const { queue: told } = await health()
  expect(told).toEqual({ kind: 'redis', answers: true, waiting: 4, active: 2, failed: 0, oldestWaitingMs: 1_500 })
})

it('tells each part for itself: database, redis, queue, engine, tracker and the collectors of every kind', async () => {
  const { services } = await health({ measured: [good, bad] })
  const stateOf = Object.fromEntries(services.map(({ name, state }) => [name, state]))
  expect(stateOf).toMatchObject({ database: 'up', redis: 'off', queue: 'up', engine: 'up', tracker: 'up' })
  expect(services.map(({ name }) => name)).toEqual(ServiceHealth.shape.name.options)
  expect(servicesOf({ ...parts, redis: 'failed' })[1]).toEqual({ name: 'redis', state: 'down', detail: 'failed' })
  const card = (state: SourceHealth['state'], off: string | null = null) =>
    ({ kinds: ['news'], state, off }) as unknown as SourceHealth
  const newsOf = (...states: SourceHealth[]) =>
    servicesOf({ ...parts, states }).find(({ name }) => name === 'collector:news')!.state
  expect([
    newsOf(),
    newsOf(card('up', 'needs a key')),
    newsOf(card('unknown')),
    newsOf(card('up'), card('unknown')),
    newsOf(card('up'), card('down')),
    newsOf(card('down')),
  ]).toEqual(['off', 'off', 'unknown', 'up', 'degraded', 'down'])
})

it('says why a model is left alone, and that the rules decide meanwhile', () => {
  const leftAlone = { why: 'the account is empty', until: '2026-01-05T13:00:00.000Z' }
  const model = { model: 'm-1', leftAlone } as unknown as ModelHealth
  const engine = servicesOf({ ...parts, model }).find(({ name }) => name === 'engine')!
  expect(engine.state).toBe('degraded')
  expect(engine.detail).toContain('m-1 is left alone until 2026-01-05T13:00:00.000Z, the account is empty')
})

it('is not ready when a check hangs, and does not hang with it', async () => {
  const hanging = { name: 'database', check: () => new Promise<void>(() => {}) }
  const thrown = Promise.resolve(routes({ checks: [hanging] }).ready(asked)).catch((error: unknown) => error)
  await clock.advance(2_000)
  expect(await thrown).toMatchObject({
    code: 'unavailable',
    message: 'not ready: database: no answer within 2 s',
  })
})
