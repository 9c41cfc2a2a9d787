import { expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'

const textOf = async (metrics: ReturnType<typeof createMetrics>) => (await metrics.expose()).text

it('adds up what is counted, and sorts what took so long by its bounds', async () => {
  const metrics = createMetrics()
  const count = metrics.counter({ name: 'pumpiq_calls_total', help: 'Calls.', labels: ['ending'] })
  const level = metrics.gauge({ name: 'pumpiq_level', help: 'A level.' })
  const took = metrics.histogram({ name: 'pumpiq_took_seconds', help: 'Seconds.', bounds: [0.1, 1] })
  count({ ending: 'good' })
  count({ ending: 'good' }, 2)
  level({}, 5)
  level({}, -2)
  for (const seconds of [0.05, 0.1, 0.5, 7]) took({}, seconds)
  const text = await textOf(metrics)
  for (const line of [
    '# TYPE pumpiq_calls_total counter',
    'pumpiq_calls_total{ending="good"} 3',
    'pumpiq_level 3',
    'pumpiq_took_seconds_bucket{le="0.1"} 2',
    'pumpiq_took_seconds_bucket{le="1"} 3',
    'pumpiq_took_seconds_bucket{le="+Inf"} 4',
    'pumpiq_took_seconds_count 4',
  ])
    expect(text.split('\n')).toContain(line)
})

it('reads what is counted elsewhere when it is asked, of several who tell under one name, and leaves out what is not known', async () => {
  const metrics = createMetrics()
  let seen: number | null = 3
  const alone = { name: 'pumpiq_alone', help: 'One.' } as const
  metrics.told('gauge', alone, () => (seen === null ? [] : [[{}, seen]]))
  const many = { name: 'pumpiq_many_total', help: 'Many.', labels: ['who'] } as const
  metrics.told('counter', many, () => (seen === null ? [] : [[{ who: 'ann' }, seen]]))
  metrics.told('counter', many, () => [[{ who: 'bob' }, 1]])
  expect(await textOf(metrics)).toMatch(/^pumpiq_alone 3$/m)
  seen = 4
  const second = await textOf(metrics)
  for (const line of ['pumpiq_alone 4', 'pumpiq_many_total{who="ann"} 4', 'pumpiq_many_total{who="bob"} 1'])
    expect(second.split('\n')).toContain(line)
  seen = null
  const third = await textOf(metrics)
  expect(third).not.toMatch(/^pumpiq_alone /m)
  expect(third).not.toContain('ann')
  expect(third).toContain('# HELP pumpiq_alone One.')
})

it('tells the process itself where it is asked to', async () => {
  const text = await textOf(createMetrics({ ofProcess: true }))
  for (const name of [
    'nodejs_eventloop_lag_p99_seconds',
    'nodejs_heap_size_used_bytes',
    'process_resident_memory_bytes',
  ])
    expect(text).toMatch(new RegExp(`^${name} [0-9.e-]+$`, 'm'))
  expect(await textOf(createMetrics())).not.toContain('nodejs_')
})
