import { minutes, seconds } from '@pumpiq/domain'
import { expect, it } from 'vitest'
import type { Db } from '../db/db.ts'
import type { Outbox, SourceFailing } from './outbox.ts'
import { createWatchSources, type SourceAnswers } from './outbox-sources.ts'

const start = Date.UTC(2026, 0, 5)

/** A source that is looked at every minute; `answers` says of each minute whether it answered, failed, or was not asked. */
async function watched(answers: string): Promise<SourceFailing[]> {
  const told: SourceFailing[] = []
  const seen: { -readonly [N in keyof SourceAnswers]: SourceAnswers[N] } = {
    source: 'binance',
    lastSuccessAt: null,
    lastFailureAt: null,
    lastFailure: null,
  }
  let now = start
  const outbox = {
    sourceDown: (_: Db, failing: SourceFailing) => Promise.resolve(told.push(failing) > 0),
  } as unknown as Outbox
  const watch = createWatchSources({ db: {} as Db, outbox, answers: () => [seen], clock: { now: () => now } })
  for (const one of answers) {
    now += minutes(1)
    if (one === '+') seen.lastSuccessAt = now - seconds(1)
    if (one === '-') Object.assign(seen, { lastFailureAt: now - seconds(1), lastFailure: 'no answer within 5 s' })
    await watch()
  }
  return told
}

it('an outage is told of once, after five minutes of failures', async () => {
  expect(await watched('++-----')).toEqual([])
  const [told, ...more] = await watched('++------------')
  expect(more).toEqual([])
  expect(told).toEqual({
    source: 'binance',
    since: start + minutes(3) - seconds(1),
    toldAt: start + minutes(8),
    why: 'no answer within 5 s',
  })
})

it('each further outage is another one', async () => {
  expect(await watched('------+------')).toHaveLength(2)
})

it('failures with answers between are no outage, and neither is silence about a source that nobody asks', async () => {
  expect(await watched('--+--+---+----+--')).toEqual([])
  expect(await watched('-..........')).toEqual([])
})
