import { expect, it } from 'vitest'
import { hours, minutes, seconds } from '@pumpiq/domain'
import { seriesJobs } from './jobs.ts'

it('ends each piece of work when its time is over and when the process is to end', async () => {
  const told: [string, AbortSignal | undefined][] = []
  const note = (name: string) => async (abort?: AbortSignal) => {
    told.push([name, abort])
    return 0
  }
  const jobs = seriesJobs({
    rollUps: { rollUp: note('roll-up') },
    forget: async (abort) => ({ candle: await note('forget')(abort) }),
    collectPrices: note('collect-prices'),
    noteAuthors: async (abort) => void (await note('note-authors')(abort)),
    judgeAuthors: async (abort) => void (await note('judge-authors')(abort)),
    readByModel: note('read-by-model'),
    collectKind: (kind, abort) => note(`collect-${kind}`)(abort),
  })
  expect(jobs.map(({ name, role, everyMs }) => [name, role, everyMs])).toEqual([
    ['roll-up', 'orchestrator', minutes(1)],
    ['forget', 'orchestrator', hours(6)],
    ['collect-prices', 'collector:technical', minutes(1)],
    ['note-authors', 'tracker', hours(1)],
    ['judge-authors', 'tracker', hours(1)],
    ['read-by-model', 'engine', minutes(1)],
    ['collect-news', 'collector:news', minutes(1)],
    ['collect-onchain', 'collector:onchain', minutes(1)],
    ['collect-technical', 'collector:technical', seconds(30)],
    ['collect-social', 'collector:social', minutes(1)],
  ])
  for (const name of ['abort', 'stopping'] as const) {
    const ending = { abort: new AbortController(), stopping: new AbortController() }
    const context = { abort: ending.abort.signal, stopping: ending.stopping.signal, slot: null }
    for (const { run } of jobs) await run(undefined, context)
    ending[name].abort()
    expect(told.splice(0).map(([job, signal]) => [job, signal?.aborted])).toEqual(jobs.map((job) => [job.name, true]))
  }
})
