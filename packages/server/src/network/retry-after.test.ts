import { describe, expect, it } from 'vitest'
import { retryAfterMs, serverTime } from './retry-after.ts'

const now = Date.UTC(2026, 0, 2, 3, 4, 5)
const asked = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), now)

describe('Retry-After', () => {
  it('is read as seconds or as a date', () => {
    expect(asked({ 'retry-after': '53' })).toBe(53_000)
    expect(asked({ 'retry-after': '0' })).toBe(0)
    expect(asked({ 'retry-after': 'Fri, 02 Jan 2026 03:05:05 GMT' })).toBe(60_000)
    expect(asked({ 'retry-after': 'Fri, 02 Jan 2026 03:00:00 GMT' })).toBe(0)
  })

  it('measures a date against the Date of the same answer when there is one', () => {
    expect(asked({ 'retry-after': 'Fri, 02 Jan 2026 05:00:10 GMT', date: 'Fri, 02 Jan 2026 05:00:00 GMT' })).toBe(
      10_000,
    )
  })

  it('says nothing when it is absent or cannot be read', () => {
    for (const text of ['', 'soon', '-5', '1e9', '12345678901']) expect(asked({ 'retry-after': text })).toBeNull()
    expect(asked({})).toBeNull()
  })
})

it('the server time is that of the Date header, else unknown', () => {
  expect(serverTime(new Headers({ date: 'Fri, 02 Jan 2026 03:04:05 GMT' }))).toBe(now)
  expect(serverTime(new Headers({ date: 'today' }))).toBeNull()
  expect(serverTime(new Headers())).toBeNull()
})
