import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tellPool } from '../db/postgres.ts'
import { openModel, testKey } from '../llm/test-model.ts'
import { createMetrics } from '../platform/metrics.ts'
import { sources } from '../sources/index.ts'
import { says, startModelServer, type ModelServer } from '../testing/model-server.ts'
import { createWorld, type World } from '../testing/world.ts'

const opinion = {
  reasoning: ['The long trend carries it {tech.ema-trend}.'],
  factors: [{ reading: 'tech.ema-trend', why: 'it has held for weeks' }],
  conflicts: [],
  wouldChange: [],
  stop: null,
  target: null,
  stance: 'agree',
  adjustment: 0.1,
}

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

/** Families of the text by name, with their types. */
const familiesIn = (text: string) =>
  new Map([...text.matchAll(/^# TYPE (pumpiq_\w+) (\w+)$/gm)].map(([, name, kind]) => [name!, kind!]))

describe('figures of the whole server', () => {
  let server: ModelServer
  let opened: ReturnType<typeof openModel>
  let world: World
  beforeAll(async () => {
    server = await startModelServer()
    server.answer(() => says.json(opinion))
    world = await createWorld({
      houseMode: 'technical-only',
      withModel: ({ db }) => (opened = openModel({ db, upstream: server.upstream })).model,
    })
    await world.until(world.app.house.round())
    await ask({ token: 'BTC' })
    await ask({ token: 'BTC' })
    world.faults.fail('okx', 503)
    await world.time.advance(120_000)
    await ask({ token: 'ETH', maxAgeMs: 0 })
    await world.until(world.app.jobs.runNow('collect-prices'))
    await world.app.tracker.round()
  }, 120_000)
  afterAll(async () => {
    await world.close()
    await opened.close()
    await server.close()
  })

  const ask = (payload: object) =>
    world.until(
      world.app.http
        .inject({
          method: 'POST',
          url: '/api/v1/recommendations',
          payload,
          headers: { traceparent, 'x-request-id': 'the-id-of-the-caller' },
        })
        .then(({ statusCode }) => statusCode),
    )
  const scrape = async () => (await world.app.http.inject('/metrics')).body
  /** The sum of a family's figures that have all these labels; null where there is none. */
  async function valueOf(family: string, labels: Readonly<Record<string, string>> = {}): Promise<number | null> {
    const found = (await scrape())
      .split('\n')
      .filter((line) => line.startsWith(`${family}{`) || line.startsWith(`${family} `))
      .filter((line) => Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`)))
    return found.length === 0 ? null : found.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
  }

  it('has every family of docs/metrics.md, by its type, and no other', async () => {
    const pools = createMetrics()
    tellPool(pools, 'main', new pg.Pool())
    const found = new Map([...familiesIn(await scrape()), ...familiesIn((await pools.expose()).text)])
    const page = readFileSync(new URL('../../../../docs/metrics.md', import.meta.url), 'utf8')
    const told = [...page.matchAll(/^\| `(pumpiq_\w+)` +\| (\w+) +\|/gm)].map((row) => `${row[1]} ${row[2]}`)
    expect(told.toSorted()).toEqual([...found].map((one) => one.join(' ')).toSorted())
  })

  it.each([
    ['pumpiq_http_request_duration_seconds_count', { route: '/api/v1/recommendations', method: 'POST' }, 3],
    ['pumpiq_cache_lookups_total', { cache: 'answers', result: 'miss' }, 2],
    ['pumpiq_cache_lookups_total', { cache: 'answers', result: 'hit' }, 1],
    ['pumpiq_recommendations_total', { for: 'user', result: 'sealed' }, 2],
    ['pumpiq_job_duration_seconds_count', { job: 'collect-prices', ending: 'done' }, 1],
    ['pumpiq_model_left_alone', { purpose: 'reader' }, 0],
    ['pumpiq_model_limit_today_dollars', {}, 1],
    ['pumpiq_queue_up', { kind: 'in-process' }, 1],
    ['pumpiq_reader_documents', {}, 0],
    ['pumpiq_record_hit_ratio', {}, null],
    ['pumpiq_build_info', { version: 'test', data: 'simulated' }, 1],
    ['pumpiq_role', { role: 'tracker' }, 1],
    ['pumpiq_figures_failures_total', {}, 0],
  ])('tells %s %j', async (family, labels, value) => {
    expect(await valueOf(family, labels)).toBe(value)
  })

  it('counts calls, questions, dollars, sources and the record as the rest of the server tells them', async () => {
    const { house, ledger, tracker, sources: states } = await world.client.system.health()
    const made = await valueOf('pumpiq_recommendations_total', { result: 'sealed' })
    expect(made).toBe(house.called + 2)
    expect(await valueOf('pumpiq_house_called_tokens')).toBe(house.called)
    expect(await valueOf('pumpiq_record_calls', { status: 'OPEN' })).toBeGreaterThan(0)
    expect(await valueOf('pumpiq_ledger_records')).toBe(ledger.seq)
    expect(await valueOf('pumpiq_ledger_last_seal_age_seconds')).toBeLessThan(3_600)
    expect(await valueOf('pumpiq_tracker_open_calls')).toBe(tracker.open)
    expect(await valueOf('pumpiq_tracker_state', { state: tracker.state })).toBe(1)
    const asked = await valueOf('pumpiq_model_question_duration_seconds_count', { purpose: 'analyst' })
    expect(asked).toBe(server.calls.length)
    expect(await valueOf('pumpiq_model_tokens_total', { part: 'input' })).toBe(asked! * 120)
    expect(await valueOf('pumpiq_model_spent_today_dollars')).toBeCloseTo(
      (await valueOf('pumpiq_model_cost_dollars_total'))!,
      9,
    )
    expect(states.down.map(({ id }) => id)).toEqual(['okx'])
    expect(await valueOf('pumpiq_source_asks_total', { source: 'okx', ending: 'server' })).toBeGreaterThan(0)
    expect(await valueOf('pumpiq_source_success_ratio', { source: 'okx' })).toBeLessThan(1)
    expect(await valueOf('pumpiq_source_success_ratio', { source: 'kraken' })).toBe(1)
    expect(await valueOf('pumpiq_source_last_success_age_seconds', { source: 'okx' })).toBeGreaterThan(0)
    expect(await valueOf('pumpiq_source_budget_left_calls', { source: 'kraken' })).toBeGreaterThan(0)
  })

  it('holds no key, address or sentence of a vendor', async () => {
    const text = await scrape()
    expect(text).not.toContain(testKey)
    expect(text).not.toMatch(/https?:|wss?:|\/\//)
    for (const { docs } of sources) expect(text).not.toContain(new URL(docs).hostname)
  })

  it('hands neither the id of a request nor its trace to a vendor', () => {
    expect(server.calls.length).toBeGreaterThan(0)
    const sent = JSON.stringify(server.calls)
    expect(sent).not.toContain('the-id-of-the-caller')
    expect(sent).not.toContain(traceparent.split('-')[1])
  })

  it('is told while the server is busy, and asks the database no more often for it', async () => {
    const before = await valueOf('pumpiq_figures_age_seconds', { figures: 'record' })
    const busy = Array.from({ length: 100 }, () => world.app.http.inject('/api/v1/tokens'))
    const scrapes = await Promise.all(Array.from({ length: 30 }, () => world.app.http.inject('/metrics')))
    expect(scrapes.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 30 }, () => 200))
    expect((await Promise.all(busy)).every(({ statusCode }) => statusCode === 200)).toBe(true)
    expect(await valueOf('pumpiq_figures_age_seconds', { figures: 'record' })).toBeGreaterThan(before!)
  })
})
