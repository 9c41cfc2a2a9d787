import { expect, it } from 'vitest'
import {
  days,
  fromIso,
  horizonBars,
  hours,
  intervalOf,
  IsoInstant,
  minutes,
  showInterval,
  toIso,
  validityMs,
} from './time.ts'

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

it('an instant from outside is of a year that can be kept', () => {
  const taken = (text: string) => IsoInstant.safeParse(text).success
  expect(['0001-01-01T00:00:00Z', '2023-04-12T02:30:00+02:00', '9999-12-31T23:59:59.999Z'].map(taken)).not.toContain(
    false,
  )
  const refused = [
    '0000-12-31T23:59:59Z',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-14:00',
    '2023-02-30T00:00:00Z',
    'x',
    '',
  ]
  expect(refused.map(taken)).not.toContain(true)
})
