import { candlesOf, hours, minutes, type Bar } from '@pumpiq/domain'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mixed } from './merge.ts'

const at = Date.UTC(2026, 0, 5)
const bar = (openAt: number): Bar => ({ openAt, open: 1, high: 1, low: 1, close: 1, volume: 1 })
const minute = (opens: readonly number[]) =>
  candlesOf(
    'm',
    minutes(1),
    opens.map((i) => bar(at + minutes(i))),
  )
const hour = (opens: readonly number[]) =>
  candlesOf(
    'h',
    hours(1),
    opens.map((i) => bar(at + hours(i))),
  )
const upTo = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
const opensOf = ({ candles }: ReturnType<typeof mixed>) =>
  [...candles.openAt.subarray(0, candles.length)].map((openAt) => (openAt - at) / minutes(1))

it('without hours it is the minutes, from the last bar before the issue on', () => {
  const plan = { issuedAt: at + minutes(10), expiresAt: at + hours(9) }
  expect(opensOf(mixed(minute(upTo(0, 60)), hour([]), plan))).toEqual(upTo(9, 60))
})

it('an hour stands in for all minutes of it, known or not', () => {
  const known = [...upTo(0, 70), ...upTo(250, 260)]
  const made = mixed(minute(known), hour([1, 2, 3]), { issuedAt: at, expiresAt: at + hours(9) })
  expect(opensOf(made)).toEqual([...upTo(0, 60), 60, 120, 180, ...upTo(250, 260)])
  expect([...made.hours]).toEqual([1, 2, 3].map((i) => at + hours(i)))
})

it('an hour that opened before the issue or closes behind the end does not belong to the horizon', () => {
  const plan = { issuedAt: at + minutes(30), expiresAt: at + hours(2) + minutes(30) }
  const made = mixed(minute(upTo(40, 50)), hour([0, 1, 2]), plan)
  expect(opensOf(made)).toEqual([...upTo(40, 50), 60])
})

it('is in order, without a double, and has every minute or an hour in its place', () => {
  const opens = (most: number) =>
    fc.uniqueArray(fc.nat(most), { maxLength: 200 }).map((all) => all.toSorted((a, b) => a - b))
  fc.assert(
    fc.property(opens(600), opens(10), fc.nat(300), (minutesKnown, hoursKnown, issue) => {
      const plan = { issuedAt: at + minutes(issue), expiresAt: at + hours(8) }
      const made = mixed(minute(minutesKnown), hour(hoursKnown), plan)
      const found = opensOf(made)
      expect(found).toEqual([...new Set(found)].toSorted((a, b) => a - b))
      for (const open of minutesKnown.filter((one) => one >= issue)) {
        const hourOpen = open - (open % 60)
        expect(found.includes(open) || made.hours.has(at + minutes(hourOpen))).toBe(true)
      }
    }),
  )
})
