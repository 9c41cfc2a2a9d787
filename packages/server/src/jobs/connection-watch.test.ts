import { describe, expect, it } from 'vitest'
import { createCollectedLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { createConnectionWatch, isAway } from './connection-watch.ts'

const refused = () => Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:6379'), { code: 'ECONNREFUSED' })

describe('the watch over the queue', () => {
  it('says once that it is away however many tell it, and once that it is back', async () => {
    const clock = createManualClock(0)
    const log = createCollectedLog()
    let isThere = false
    const ping = () => (isThere ? Promise.resolve() : Promise.reject(refused()))
    const watch = createConnectionWatch({ what: 'Redis', ping, clock, log })
    for (let i = 0; i < 100; i++) watch.tell(refused())
    await clock.advance(60_000)
    isThere = true
    await clock.advance(1_000)
    expect(log.entries.map(({ level, sentence, fields }) => [level, sentence, fields.awayMs])).toEqual([
      ['warn', 'Redis does not answer; jobs wait until it does', undefined],
      ['info', 'Redis answers again', 61_000],
    ])
    watch.close()
    watch.tell(refused())
    expect(log.entries).toHaveLength(2)
    expect(clock.dueIn()).toBeNull()
  })

  it('says a refusal once a minute', async () => {
    const clock = createManualClock(0)
    const log = createCollectedLog()
    const watch = createConnectionWatch({ what: 'Redis', ping: () => Promise.resolve(), clock, log })
    for (let i = 0; i < 90; i++) {
      watch.tell(new Error('MISCONF cannot write'))
      await clock.advance(1_000)
    }
    expect(log.entries.map(({ sentence }) => sentence)).toEqual(['Redis refused', 'Redis refused'])
  })

  it('tells what cannot be reached from what refuses', () => {
    const coded = (code: string) => Object.assign(new Error('x'), { code })
    for (const code of ['ECONNRESET', 'ENOTFOUND', '57P01', '57P03', '08006', '53300'])
      expect(isAway(coded(code))).toBe(true)
    const lost = 'Client has encountered a connection error and is not queryable'
    for (const said of ['Connection is closed.', 'Connection terminated unexpectedly', 'Command timed out', lost])
      expect(isAway(new Error(said))).toBe(true)
    expect(isAway(new AggregateError([coded('ECONNREFUSED')]))).toBe(true)
    for (const code of ['23505', '40001', '42P01']) expect(isAway(coded(code))).toBe(false)
    expect(isAway('ECONNREFUSED')).toBe(false)
  })
})
