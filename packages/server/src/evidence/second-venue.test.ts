import { candlesOf, days, Failure, hours, minutes } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import type { Ask } from '../network/ask.ts'
import type { CandlesAsk, Source } from '../sources/source.ts'
import { createSecondVenue } from './second-venue.ts'

const now = Date.UTC(2026, 0, 5)
const ask = { from: () => undefined } as unknown as Ask
const none = candlesOf('none', minutes(1), [])

function venue(id: string, answer: Failure | null, asked: CandlesAsk[] = [], told = none): Source {
  const candles = (wanted: CandlesAsk) => {
    asked.push(wanted)
    return answer ? Promise.reject(answer) : Promise.resolve(told)
  }
  return { id, docs: 'none', key: 'none', budget: { calls: 1, perMs: 1 }, feeds: { candles } }
}

const absent = new Failure('notFound', 'not listed')
const away = new Failure('unavailable', 'away')
const wanted = { symbol: 'BTC', source: 'own', at: now - hours(1) }
const second = (...sources: Source[]) => createSecondVenue({ sources, ask, clock: { now: () => now } })(wanted)

it('the first other venue that lists the token tells its minutes from around the instant on', async () => {
  const asked: CandlesAsk[] = []
  const own: CandlesAsk[] = []
  expect(await second(venue('own', null, own), venue('a', absent), venue('b', null, asked))).toEqual({
    source: 'b',
    candles: none,
  })
  expect(asked).toMatchObject([{ symbol: 'BTC', interval: '1m', limit: 65, now }])
  expect(own).toEqual([])
})

it('that no other lists it is known only when all have said so', async () => {
  expect(await second(venue('own', null), venue('a', absent))).toBeNull()
  await expect(second(venue('a', away), venue('b', absent))).rejects.toThrow('no other venue could be asked: away')
  expect(await second(venue('a', away), venue('b', null))).toMatchObject({ source: 'b' })
})

describe('an instant that lies far back', () => {
  const flat = { open: 1, high: 1, low: 1, close: 1, volume: 1 }
  /** The minutes of so many hours up to now. */
  const newest = (count: number) =>
    candlesOf(
      'newest',
      minutes(1),
      Array.from({ length: count * 60 }, (_, i) => ({ ...flat, openAt: now - hours(count) + minutes(i) })),
    )
  const wantedAt = (at: number, ...sources: Source[]) =>
    createSecondVenue({ sources, ask, clock: { now: () => now } })({ ...wanted, at })

  it('is asked for as far back as any venue tells', async () => {
    const asked: CandlesAsk[] = []
    await wantedAt(now - days(7), venue('a', null, asked, newest(7 * 24)))
    expect(asked).toMatchObject([{ limit: 7 * 24 * 60 + 5 }])
  })

  it('is not spoken for by a venue whose minutes begin behind it: the next one is asked, or nobody could be', async () => {
    const shallow = venue('shallow', null, [], newest(12))
    expect(await wantedAt(now - hours(20), shallow, venue('deep', null, [], newest(24)))).toMatchObject({
      source: 'deep',
    })
    await expect(wantedAt(now - hours(20), shallow, venue('a', absent))).rejects.toThrow(
      'no other venue could be asked: shallow does not tell minutes that far back',
    )
  })

  it('is spoken for by a venue that gave fewer than it was asked for because the token trades seldom', async () => {
    const seldom = candlesOf('seldom', minutes(1), [
      { ...flat, openAt: now - hours(30) },
      { ...flat, openAt: now - hours(1) },
    ])
    expect(await wantedAt(now - hours(20), venue('seldom', null, [], seldom))).toMatchObject({ source: 'seldom' })
  })
})
