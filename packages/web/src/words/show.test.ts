import { afterEach, expect, it } from 'vitest'
import type { Price } from '@pumpiq/domain'
import { prefer } from '../platform/preferences.ts'
import { distance, figure, instant, longSpan, percent, plural, relative, signed, span, words } from './show.ts'

it.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [47 * 3_600_000, '47 h'],
  [48 * 3_600_000, '2 d'],
  [-5, '0 s'],
])('a length of %d ms reads "%s"', (ms, text) => expect(span(ms)).toBe(text))

it('an age never reads younger than it is by rounding up', () => {
  expect(relative(0, 119_999)).toBe('1 min ago')
  expect(relative(7_199_999, 0)).toBe('in 1 h')
})

it('a minus is a minus, and a nothing has no sign', () => {
  expect([signed(0.206), signed(-0.06), signed(-0.001), signed(0)]).toEqual(['+0.21', '−0.06', '0.00', '0.00'])
})

it('distances, shares, instants and names read as people write them', () => {
  expect(distance('0.000000001234' as Price, '0.000000001357' as Price)).toBe('+10.0 %')
  expect(percent(0.414)).toBe('41 %')
  expect(instant('2026-01-05T09:03:59.999Z')).toBe('5 Jan 09:03 UTC')
  expect([longSpan(604_800_000), longSpan(86_400_000), longSpan(14_400_000)]).toEqual(['7 days', '24 hours', '4 hours'])
  expect(words('DAY_TRADE')).toBe('day trade')
  expect([plural(1, 'token'), plural(2, 'token')]).toEqual(['1 token', '2 tokens'])
})

afterEach(() => prefer({ locale: null, timeZone: null }))

it('figures follow the locale that was chosen, whatever the words are in', () => {
  prefer({ locale: 'de-DE' })
  expect([figure(1_234_567.5, 1), figure(-0.5, 2), percent(0.4146, 1), signed(-0.06)]).toEqual([
    '1.234.567,5',
    '−0,50',
    '41,5 %',
    '−0,06',
  ])
  prefer({ locale: 'ar-EG' })
  expect(percent(0.41)).toBe('41 %')
  prefer({ locale: 'no such locale' })
  expect(figure(1234.5, 1)).toBe('1,234.5')
})

it('instants follow the zone that was chosen and name it; what is no instant or no zone stays readable', () => {
  prefer({ timeZone: 'Asia/Kolkata' })
  expect(instant('2026-12-31T20:03:59.999Z')).toBe('1 Jan 01:33 GMT+5:30')
  expect(instant('2026-09-05T09:03:59.999Z', 'UTC')).toBe('5 Sep 09:03 UTC')
  prefer({ timeZone: 'Mars/Olympus' })
  expect(instant('2026-01-05T00:00:00.000Z')).toBe('5 Jan 00:00 UTC')
  expect(instant('soon')).toBe('soon')
})
