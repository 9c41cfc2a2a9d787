import fc from 'fast-check'
import { hours, minutes, tokenId } from '@pumpiq/domain'
import type { NotificationPreferences } from '@pumpiq/api'
import { expect, it } from 'vitest'
import { sampleRecommendation } from '../recommendations/test-recommendation.ts'
import { NoticeKind } from './notice.ts'
import { isWanted, leaving, oldAt } from './notify-when.ts'
import { usualPreferences } from './preferences.ts'
import { isQuiet } from './quiet.ts'

const confidence = { value: 0.44, low: 0.4, high: 0.48, n: 300, method: 'prior', measured: 0.44 }
const call = sampleRecommendation({ confidence })
const house = { kind: 'stop', house: true } as const
const wanted = (
  said: Partial<NotificationPreferences>,
  what: { kind: NoticeKind; house: boolean } = house,
  about = call,
) => isWanted({ ...usualPreferences, ...said }, what, about)

it('until somebody says otherwise everything is wanted', () => {
  for (const kind of NoticeKind.options)
    for (const own of [true, false]) expect(wanted({}, { kind, house: !own })).toBe(true)
})

it('a kind that was not chosen is not wanted; a test always is', () => {
  expect(wanted({ kinds: ['entry'] })).toBe(false)
  expect(wanted({ kinds: ['entry', 'stop'] })).toBe(true)
  expect(isWanted({ ...usualPreferences, kinds: [] }, { kind: 'test', house: false }, null)).toBe(true)
  expect(isWanted({ ...usualPreferences, kinds: [] }, { kind: 'source-down', house: true }, null)).toBe(false)
})

it('calls under the least confidence, without one, or without an edge are left out where that was said', () => {
  expect([0.4, 0.44, 0.45].map((minConfidence) => wanted({ minConfidence }))).toEqual([true, true, false])
  expect(wanted({ minConfidence: 0.01 }, house, sampleRecommendation({}))).toBe(false)
  expect(wanted({ actionableOnly: true })).toBe(false)
  expect(
    wanted({ actionableOnly: true }, house, sampleRecommendation({ actionable: { yes: true, why: 'edge' } })),
  ).toBe(true)
})

it('house calls, watched tokens and one’s own are chosen apart', () => {
  const bitcoin = tokenId('bitcoin:native')
  const own = { kind: 'stop', house: false } as const
  expect([wanted({ house: 'none' }), wanted({ house: 'none' }, own)]).toEqual([false, true])
  expect([wanted({ own: false }), wanted({ own: false }, own)]).toEqual([true, false])
  expect(wanted({ house: 'watched', watched: [bitcoin] })).toBe(true)
  expect(wanted({ house: 'watched', watched: [tokenId('ethereum:native')] })).toBe(false)
})

const now = Date.UTC(2026, 9, 24, 22, 30)
const going = { id: 'a', kind: 'stop', expiresAt: now + hours(24) } as const
const wish = fc.record({
  digest: fc.constantFrom('realtime', 'hourly', 'daily', 'off'),
  dailyHour: fc.integer({ min: 0, max: 23 }),
  quietHours: fc.constantFrom(null, { from: '22:00', to: '07:00' }, { from: '00:00', to: '23:59' }),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
  urgentAtOnce: fc.boolean(),
})

it('nothing leaves in quiet hours but what is urgent and asked for, and no earlier than it happened', () => {
  fc.assert(
    fc.property(
      wish,
      fc.constantFrom(...NoticeKind.options),
      fc.integer({ min: 0, max: hours(48) }),
      (said, kind, ahead) => {
        const at = now + ahead
        const way = leaving({ ...usualPreferences, ...said }, { ...going, kind }, at)
        expect(way === null).toBe(said.digest === 'off')
        if (way === null) return
        expect(way.dueAt).toBeGreaterThanOrEqual(at)
        const urgent = said.urgentAtOnce && (kind === 'stop' || kind === 'invalidated')
        if (urgent) expect(way).toMatchObject({ dueAt: at, digest: false })
        else if (said.quietHours) expect(isQuiet(way.dueAt, said.quietHours, said.timeZone)).toBe(false)
        expect(way.digest).toBe(!urgent && said.digest !== 'realtime')
      },
    ),
  )
})

it('all of one window share a key, and windows do not', () => {
  const hourly = { ...usualPreferences, digest: 'hourly' } as const
  const keys = [0, 29, 30, 89].map((ahead) => leaving(hourly, going, now + minutes(ahead))!.key)
  expect([new Set(keys.slice(0, 2)).size, new Set(keys.slice(2)).size, new Set(keys).size]).toEqual([1, 1, 2])
})

it('a call to enter is old within the hour or with its entry, an ending after a day', () => {
  const at = Date.parse(call.issuedAt)
  const entry = { low: '1', high: '2' }
  expect(oldAt('issued', at, sampleRecommendation({ entry }))).toBe(at + hours(1))
  const short = sampleRecommendation({ entry, validUntil: new Date(at + minutes(20)).toISOString() })
  expect([oldAt('issued', at, short), oldAt('stop', at, short)]).toEqual([at + minutes(20), at + hours(24)])
})
