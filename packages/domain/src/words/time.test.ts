import { expect, it } from 'vitest'
import { days, fromIso, horizonBars, hours, intervalOf, minutes, showInterval, toIso, validityMs } from './time.ts'

it('an instant is read with its zone and written in UTC with milliseconds', () => {
  expect(toIso(fromIso('2023-04-12T02:30:00+02:00'))).toBe('2023-04-12T00:30:00.000Z')
  expect(toIso(fromIso('2023-04-12'))).toBe('2023-04-12T00:00:00.000Z')
})

it.each(['2023-02-30', '2023-13-01', '12.04.2023', '2023-04-12T00:00:00', 'now', '1681257600000'])(
  '%s is refused by name',
  (text) => expect(() => fromIso(text, '--from')).toThrow(/--from must be an ISO 8601 instant/),
)

it('a swing trade is read on hours for seven days and may be entered for fourteen hours', () => {
  expect(horizonBars('SWING')).toBe(168)
  expect(validityMs('SWING')).toBe(14 * 3_600_000)
  expect(intervalOf(3_600_000)).toBe('1h')
  expect(intervalOf(1)).toBeUndefined()
})

it('an interval is told in the largest unit that says it whole', () => {
  const told = [minutes(1), minutes(30), minutes(90), hours(2), days(1), 30_000].map(showInterval)
  expect(told).toEqual(['1m', '30m', '90m', '2h', '1d', '30000 ms'])
})
