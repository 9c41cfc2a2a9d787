import { expect, it } from 'vitest'
import { Failure } from '@pumpiq/domain'
import { createCollectedLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { createSoon } from './notify-soon.ts'

function setUp(place: () => Promise<void>) {
  const clock = createManualClock(Date.UTC(2026, 0, 1))
  const log = createCollectedLog()
  return { clock, log, soon: createSoon({ place, clock, log }) }
}

it('what is told at once is spread by one job within a second, and what comes behind it by the next', async () => {
  let placed = 0
  const { clock, soon } = setUp(async () => void placed++)
  for (let i = 0; i < 5; i++) soon()
  expect(placed).toBe(0)
  await clock.advance(1_000)
  expect(placed).toBe(1)
  soon()
  await clock.advance(1_000)
  expect(placed).toBe(2)
})

it('without a queue nobody hears of it but the log, and the next one tries again', async () => {
  let asked = 0
  const { clock, log, soon } = setUp(() => {
    asked++
    return Promise.reject(new Failure('unavailable', 'no queue'))
  })
  soon()
  await clock.advance(1_000)
  soon()
  await clock.advance(1_000)
  expect(asked).toBe(2)
  expect(log.entries.map(({ level }) => level)).toEqual(['debug', 'debug'])
})
