import fc from 'fast-check'
import { days, hours, minutes } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { isQuiet, nextDaily, nextHour, quietEnd } from './quiet.ts'

/** The days on which each zone's clock is put forward and back; Santiago changes at midnight, Lord Howe by half an hour. */
const zones: readonly (readonly [string, string, string])[] = [
  ['Europe/Berlin', '2026-03-29', '2026-10-25'],
  ['America/New_York', '2026-03-08', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-10-04', '2026-04-05'],
  ['America/Santiago', '2026-09-06', '2026-04-05'],
  ['Pacific/Chatham', '2026-09-27', '2026-04-05'],
]
const changeDays = zones.flatMap(([zone, forward, back]) => [[zone, forward] as const, [zone, back] as const])

const clocks = new Map(
  zones.map(([timeZone]) => [
    timeZone,
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  ]),
)
const clockOf = (at: number, zone: string) => clocks.get(zone)!.format(at)
const dateOf = (at: number, timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at)
const two = (n: number) => String(n).padStart(2, '0')
const wallTime = fc.integer({ min: 0, max: 1439 }).map((n) => `${two(Math.floor(n / 60))}:${two(n % 60)}`)

/** By what the clock shows alone. */
const shownQuiet = (at: number, from: string, to: string, zone: string) => {
  const shown = clockOf(at, zone)
  return from < to ? shown >= from && shown < to : shown >= from || shown < to
}

describe.each(changeDays)('in %s around %s', (zone, day) => {
  const noon = Date.parse(`${day}T12:00:00Z`)
  const around = fc.integer({ min: -36 * 60, max: 36 * 60 }).map((ahead) => noon + minutes(ahead) + 17_000)

  it('quiet hours end at the first minute whose clock is outside them', () => {
    fc.assert(
      fc.property(around, wallTime, wallTime, (at, from, to) => {
        fc.pre(from !== to)
        expect(isQuiet(at, { from, to }, zone)).toBe(shownQuiet(at, from, to, zone))
        const end = quietEnd(at, { from, to }, zone)
        expect(shownQuiet(end, from, to, zone)).toBe(false)
        let first = at
        while (shownQuiet(first, from, to, zone)) first = (Math.floor(first / minutes(1)) + 1) * minutes(1)
        expect(end).toBe(first)
      }),
      { numRuns: 40 },
    )
  })

  it('a daily digest is made once on each day, at its hour where the clock shows it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), (hour) => {
        const made: number[] = []
        for (let at = nextDaily(noon - days(3), hour, zone); at < noon + days(3); at = nextDaily(at, hour, zone))
          made.push(at)
        const dates = made.map((at) => dateOf(at, zone))
        expect(new Set(dates).size).toBe(dates.length)
        expect(dates.length).toBeGreaterThanOrEqual(5)
        expect(
          made.every((at, i) => i === 0 || (at - made[i - 1]! >= hours(23) && at - made[i - 1]! <= hours(25))),
        ).toBe(true)
        const shown = made.map((at) => clockOf(at, zone)).filter((text) => text !== `${two(hour)}:00`)
        expect(shown.length).toBeLessThanOrEqual(1)
      }),
    )
  })
})

it('a time that the clock leaves out ends quiet hours when it is put forward', () => {
  // 02:00 becomes 03:00 at 01:00 UTC.
  const night = Date.parse('2026-03-29T00:10:00Z')
  expect(new Date(quietEnd(night, { from: '22:00', to: '02:30' }, 'Europe/Berlin')).toISOString()).toBe(
    '2026-03-29T01:00:00.000Z',
  )
})

it('quiet hours over midnight last nine hours in winter, eight and ten when the clock is changed', () => {
  const lengths = ['2026-01-10', '2026-03-28', '2026-10-24'].map((day) => {
    const begin = nextDaily(Date.parse(`${day}T12:00:00Z`), 22, 'Europe/Berlin')
    return (quietEnd(begin, { from: '22:00', to: '07:00' }, 'Europe/Berlin') - begin) / hours(1)
  })
  expect(lengths).toEqual([9, 8, 10])
})

it('the next hour is behind an instant, never at it', () => {
  expect(nextHour(hours(5))).toBe(hours(6))
  expect(nextHour(hours(5) + 1)).toBe(hours(6))
})
