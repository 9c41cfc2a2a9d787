import { expect, it } from 'vitest'
import { OutcomeStatus } from '@pumpiq/domain'
import { awaited } from './awaited.ts'
import { endingName, eventName, meanings, statuses, statusName, toneOfEnding } from './ending.ts'

it('every status there is has a name, a meaning and a place in the counts', () => {
  expect(statuses.toSorted()).toEqual(OutcomeStatus.options.toSorted())
  for (const status of statuses) {
    expect(statusName(status)).toMatch(/^[A-Z]/)
    expect(meanings[status]).toMatch(/\.$/)
  }
})

it('a HOLD ends by its band, a trade by its stop', () => {
  expect(endingName('HOLD', { status: 'STOPPED', rMultiple: null })).toBe('Left its band')
  expect(endingName('HOLD', { status: 'EXPIRED', rMultiple: null })).toBe('Held its band')
  expect(endingName('SELL', { status: 'STOPPED', rMultiple: -1.1 })).toBe('Stopped')
  expect(endingName('SELL', { status: 'STOPPED', rMultiple: 0.1 })).toBe('Stopped after a target')
  expect(eventName('HOLD', 'STOP')).toBe('Left the band')
})

it.each([
  ['BUY', 'STOPPED', -1.06, 'bad'],
  ['BUY', 'STOPPED', 0.12, 'good'],
  ['SELL', 'EXPIRED', -0.2, 'bad'],
  ['BUY', 'NOT_FILLED', null, 'flat'],
  ['BUY', 'UNRESOLVED', null, 'flat'],
  ['HOLD', 'EXPIRED', null, 'good'],
  ['HOLD', 'STOPPED', null, 'bad'],
  ['AVOID', 'EXPIRED', null, 'flat'],
] as const)('a %s that ended %s with %s R is %s', (type, status, rMultiple, tone) =>
  expect(toneOfEnding(type, { status, rMultiple })).toBe(tone),
)

const call = {
  type: 'BUY',
  abstained: null,
  validUntil: '2026-01-05T23:00:00.000Z',
  expiresAt: '2026-01-12T09:00:00.000Z',
  band: null,
  entry: null,
} as const
const at = (iso: string) => Date.parse(iso)

it('an open call says what is awaited and until when', () => {
  expect(awaited(call, at('2026-01-05T10:00:00Z'))).toBe(
    'Awaited: a trade inside the entry zone until 5 Jan 23:00 UTC, else it counts as not filled. After a fill, the targets or the stop until 12 Jan 09:00 UTC.',
  )
  expect(awaited(call, at('2026-01-06T10:00:00Z'))).toContain('If it was filled')
  expect(awaited(call, at('2026-01-12T09:00:00Z'))).toContain('The horizon ended on 12 Jan 09:00 UTC')
  expect(awaited({ ...call, type: 'HOLD' }, at('2026-01-06T10:00:00Z'))).toContain('a trade outside the band')
  expect(awaited({ ...call, type: 'AVOID' }, at('2026-01-06T10:00:00Z'))).toContain('what the market did')
  expect(awaited({ ...call, abstained: 'no price' }, 0)).toBe('No call was made, so there is nothing to follow.')
})
