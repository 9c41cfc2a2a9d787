import { Failure, minutes, seconds } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { HandBack } from '../jobs/backend.ts'
import type { JobContext } from '../jobs/job.ts'
import type { RunningModel } from '../llm/create-model.ts'
import type { ModelReply } from '../llm/model.ts'
import { samplePerformance } from '../http/sample-performance.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { silentLog } from '../platform/log.ts'
import { createMetrics } from '../platform/metrics.ts'
import { roles as allRoles, type Role } from '../platform/roles.ts'
import { createFigures } from './metrics.ts'
import { createCountedJob } from './metrics-jobs.ts'
import { createKept } from './metrics-kept.ts'
import { createCountedModel } from './metrics-model.ts'
import { tellRecord, type RecordFigures } from './metrics-record.ts'
import { tellSources } from './metrics-sources.ts'

const now = Date.UTC(2026, 0, 5, 12)
const linesOf = async (metrics: ReturnType<typeof createMetrics>) => (await metrics.expose()).text.split('\n')

describe('figures that a database is asked for', () => {
  const keptOver = (make: () => Promise<number>) => {
    const clock = createManualClock(now)
    return { clock, kept: createKept({ name: 'calls', make, everyMs: minutes(1), clock, log: silentLog }) }
  }

  it('are made once a minute, however many ask', async () => {
    let made = 0
    const { clock, kept } = keptOver(async () => ++made)
    expect(kept.read()).toBeNull()
    await Promise.all(Array.from({ length: 20 }, () => kept.refresh()))
    await kept.refresh()
    expect([made, kept.read()]).toEqual([1, 1])
    await clock.advance(seconds(59))
    await kept.refresh()
    expect([made, kept.ageMs()]).toEqual([1, seconds(59)])
    await clock.advance(seconds(1))
    await kept.refresh()
    expect(kept.read()).toBe(2)
  })

  it('that take long to make are made the less often', async () => {
    let made = 0
    const { clock, kept } = keptOver(async () => {
      await clock.sleep(seconds(2))
      return ++made
    })
    const first = kept.refresh()
    await clock.advance(seconds(2))
    await first
    await clock.advance(minutes(3))
    await kept.refresh()
    expect(made).toBe(1)
    await clock.advance(seconds(20))
    void kept.refresh()
    await clock.advance(seconds(2))
    expect(made).toBe(2)
  })

  it('are told for five minutes more while they cannot be made, then not', async () => {
    let isAway = false
    const { clock, kept } = keptOver(async () => {
      if (isAway) throw new Failure('unavailable', 'away')
      return 1
    })
    await kept.refresh()
    isAway = true
    await clock.advance(minutes(5))
    await kept.refresh()
    expect([kept.read(), kept.failures()]).toEqual([1, 1])
    await clock.advance(1)
    expect(kept.read()).toBeNull()
  })
})

describe('a scrape', () => {
  const refuse = () => Promise.reject(new Failure('unavailable', 'away'))
  function figuresOf({
    roles = allRoles,
    sealing = refuse,
  }: {
    roles?: readonly Role[]
    sealing?: () => Promise<never>
  }) {
    const clock = createManualClock(now)
    const asked: string[] = []
    const away = (name: string) => () => {
      asked.push(name)
      return refuse()
    }
    const figures = createFigures({
      metrics: createMetrics(),
      roles,
      version: 'test',
      simulated: true,
      clock,
      guard: clock,
      log: silentLog,
      asked: () => [],
      lines: () => [],
      jobs: away('jobs'),
      tracker: away('tracker'),
      house: away('house'),
      store: away('store'),
      sealing,
      record: away('record'),
      models: null,
      disagreements: away('disagreements'),
    })
    return { clock, asked, figures }
  }

  it('waits two seconds and no longer for a database that is silent', async () => {
    const { clock, figures } = figuresOf({ sealing: () => new Promise(() => {}) })
    let isOver = false
    const gathered = figures.gather().then(() => (isOver = true))
    await clock.advance(1_999)
    expect(isOver).toBe(false)
    await clock.advance(1)
    await gathered
    expect(isOver).toBe(true)
  })

  it('of a process that plans nothing asks for its own queue and database alone, of one that plans for all', async () => {
    for (const [roles, wanted] of [
      [
        ['api', 'engine'],
        ['jobs', 'store'],
      ],
      [['orchestrator'], ['jobs', 'store', 'tracker', 'house', 'record']],
    ] as const) {
      const { clock, asked, figures } = figuresOf({ roles })
      const gathered = figures.gather()
      await clock.advance(0)
      await gathered
      expect(asked).toEqual(wanted)
    }
  })
})

describe('jobs', () => {
  it.each<[string, (abort: AbortController) => Promise<unknown>]>([
    ['done', async () => 'done'],
    ['failed', () => Promise.reject(new Failure('unavailable', 'no'))],
    ['late', (abort) => hung(abort, new Failure('unavailable', 'it took too long'))],
    ['handed_back', (abort) => hung(abort, new HandBack('stopped'))],
  ])('are counted once as %s', async (ending, work) => {
    const metrics = createMetrics()
    const clock = createManualClock(now)
    const abort = new AbortController()
    const run = async () => {
      await clock.advance(seconds(2))
      return work(abort)
    }
    const job = createCountedJob({ metrics, clock })({ name: 'roll-up', role: 'orchestrator', timeoutMs: 1, run })
    const context: JobContext = { abort: abort.signal, stopping: abort.signal, slot: null }
    await job.run(undefined, context).catch(() => {})
    const found = (await linesOf(metrics)).filter((line) => /_(sum|count)\{/.test(line))
    expect(found).toEqual([
      `pumpiq_job_duration_seconds_sum{job="roll-up",ending="${ending}"} 2`,
      `pumpiq_job_duration_seconds_count{job="roll-up",ending="${ending}"} 1`,
    ])
  })

  async function hung(abort: AbortController, reason: Error): Promise<void> {
    abort.abort(reason)
    throw reason
  }
})

describe('questions to a model', () => {
  it('that cost nothing anew are counted apart', async () => {
    const metrics = createMetrics()
    const reply = {
      model: 'm',
      promptHash: 'h',
      latencyMs: 1_500,
      costUsd: 0.5,
      ending: 'answered',
      answer: 1,
      tokens: { input: 100, cachedInput: 40, output: 7 },
    } as const
    const replies: ModelReply<never>[] = [
      { ...reply, fromJournal: false } as never,
      { ...reply, fromJournal: true } as never,
      { ...reply, ending: 'slow', tokens: null, costUsd: null, fromJournal: false },
    ]
    const model = { id: () => 'a-model', ask: async () => replies.shift()! } as unknown as RunningModel
    const counted = createCountedModel(metrics)(model)
    for (let i = 0; i < 3; i++) await counted.ask({ purpose: 'analyst' } as never)
    const found = await linesOf(metrics)
    for (const line of [
      'pumpiq_model_question_duration_seconds_count{purpose="analyst",ending="answered"} 1',
      'pumpiq_model_question_duration_seconds_count{purpose="analyst",ending="slow"} 1',
      'pumpiq_model_shared_questions_total{purpose="analyst",ending="answered"} 1',
      'pumpiq_model_tokens_total{purpose="analyst",part="cached_input"} 40',
      'pumpiq_model_cost_dollars_total{purpose="analyst"} 0.5',
    ])
      expect(found).toContain(line)
  })
})

describe('the record', () => {
  const figure = { value: 0.4, low: 0.3, high: 0.5, n: 80, effectiveN: 61.5, note: null }
  it('is told with what it is worth, and what too few calls would say is not', async () => {
    const { summary, calibration } = samplePerformance(now)
    const [told, calibrated] = await Promise.all([
      summary({ query: { period: '30d', timeframe: 'SWING' } } as never),
      calibration({ query: { period: '30d', timeframe: 'SWING' } } as never),
    ])
    const found: RecordFigures = {
      summary: {
        ...told,
        directional: { ...told.directional, hit: figure, r: { ...told.directional.r, value: null } },
      },
      calibration: {
        ...calibrated,
        methods: calibrated.methods.map((one) => ({ ...one, measured: { ...one.measured, brier: 0.21 } })),
      },
    }
    const metrics = createMetrics()
    tellRecord(metrics, () => found)
    const lines = await linesOf(metrics)
    expect(lines).toContain('pumpiq_record_hit_ratio{timeframe="SWING"} 0.4')
    expect(lines).toContain('pumpiq_record_effective_calls{timeframe="SWING"} 61.5')
    expect(lines.filter((line) => line.startsWith('pumpiq_record_mean_r'))).toEqual([])
    const briers = lines.filter((line) => /^pumpiq_record_brier\{.*confidence="measured"\} 0\.21$/.test(line))
    expect(briers).toHaveLength(calibrated.methods.length)
  })
})

describe('sources', () => {
  it('are told by name and number alone, whatever they said', async () => {
    const metrics = createMetrics()
    const lie = 'kraken answered https://api.example/?key=sk-planted-secret'
    tellSources({
      metrics,
      clock: createManualClock(now),
      asked: () => [
        {
          source: 'kraken',
          calls: 10,
          answered: 6,
          failures: { drift: 1, timeout: 1 },
          drift: 1,
          lastSuccessAt: now - 90_000,
          lastFailureAt: now,
          lastFailure: lie,
          breaker: 'half-open',
          heldUntil: now + 5_000,
          latencyMs: { p50: 120, p95: null },
          quota: { calls: 15, perMs: 60_000, left: 3 },
        },
      ],
      lines: () => [
        {
          source: 'binance',
          connected: true,
          since: now,
          watched: 12,
          lastMessageAt: null,
          reconnects: 2,
          skewMs: -6_000,
          problem: lie,
        },
      ],
    })
    const lines = (await linesOf(metrics)).filter((line) => line.startsWith('pumpiq_'))
    expect(lines).toEqual([
      'pumpiq_source_asks_begun_total{source="kraken"} 10',
      'pumpiq_source_asks_total{source="kraken",ending="answered"} 6',
      'pumpiq_source_asks_total{source="kraken",ending="drift"} 1',
      'pumpiq_source_asks_total{source="kraken",ending="timeout"} 1',
      'pumpiq_source_success_ratio{source="kraken"} 0.75',
      'pumpiq_source_last_success_age_seconds{source="kraken"} 90',
      'pumpiq_source_held_seconds{source="kraken"} 5',
      'pumpiq_source_breaker_open{source="kraken"} 0.5',
      'pumpiq_source_budget_left_calls{source="kraken"} 3',
      'pumpiq_source_budget_calls{source="kraken"} 15',
      'pumpiq_source_budget_window_seconds{source="kraken"} 60',
      'pumpiq_source_latency_seconds{source="kraken",percentile="50"} 0.12',
      'pumpiq_line_connected{source="binance"} 1',
      'pumpiq_line_watched{source="binance"} 12',
      'pumpiq_line_clock_skew_seconds{source="binance"} -6',
      'pumpiq_line_reconnects_total{source="binance"} 2',
    ])
    expect(lines.join('\n')).not.toMatch(/planted|example/)
  })
})
