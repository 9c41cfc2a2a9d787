import { barFault, minutes, type Bar } from '@pumpiq/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Source, StreamEvent, StreamTalk } from '../sources/source.ts'
import { mutated, withUnknownFields, type Mutation } from './mutate.ts'

/** A talk as the vendor's manual has it: one line that was asked for BTC. */
export type StreamSample = {
  messages: readonly unknown[]
  /** The vendor's clock in a message, epoch ms; null where it does not say. */
  at(message: unknown): number | null
  /** What the talk tells in the end. */
  bars: readonly Bar[]
  /** The message as it is while the minute goes on; null when it would not be said. */
  unfinished(message: unknown): unknown
  /** The name of BTC in messages, as text. */
  pair: string
}

const textOf = (message: unknown) => (typeof message === 'string' ? message : (JSON.stringify(message) ?? ''))

/** What a new talk tells of messages that are here `lateMs` after they were said. */
function hearAll(source: Source, sample: StreamSample, messages: readonly unknown[], lateMs = 20) {
  const talk: StreamTalk = source.streams!.candles!.talk()
  talk.ask(['BTC'])
  let fetchedAt = sample.messages.map(sample.at).find((at) => at !== null)!
  const heard = messages.map((message, i) => {
    fetchedAt = (sample.at(sample.messages[i]) ?? fetchedAt) + lateMs
    return { fetchedAt, events: talk.hear(textOf(message), { fetchedAt }) }
  })
  return { talk, heard, events: heard.flatMap(({ events }) => events) }
}

const candles = (events: readonly StreamEvent[]) => events.flatMap((event) => (event.told === 'candle' ? [event] : []))
const drifts = (events: readonly StreamEvent[]) => events.flatMap((event) => (event.told === 'drift' ? [event] : []))

/** Whether what was told may be kept as true. */
function expectValid(heard: readonly { fetchedAt: number; events: readonly StreamEvent[] }[]): void {
  for (const { fetchedAt, events } of heard) {
    for (const { symbol, bar } of candles(events)) {
      if (barFault(bar) !== null) expect.fail(barFault(bar)!)
      expect(symbol).toBe('BTC')
      expect(bar.openAt % minutes(1)).toBe(0)
      // Whoever listens waits for the end by our clock, for a minute at most.
      expect(bar.openAt).toBeLessThanOrEqual(fetchedAt)
    }
  }
}

const hostile: fc.Arbitrary<Mutation[]> = fc.array(fc.record({ where: fc.nat(), how: fc.nat(), spare: fc.nat() }), {
  minLength: 1,
  maxLength: 3,
})

const broken: readonly [string, string][] = [
  ['nothing', ''],
  ['a web page', '<!doctype html>body-words'],
  ['JSON that is cut off', '{"body-words": [1, 2'],
  ['JSON of another shape', '{"body-words": {"a": [null]}}'],
  ['a number', '7'],
]

/** What every stream owes: whole minutes that are over, of what was asked for, and nothing that cannot be true. */
export function testStream(source: Source, sample: StreamSample, { messages = 10_000 } = {}): void {
  describe(`the stream of ${source.id}`, () => {
    it('tells the minutes that were seen whole, each when it is over, and says from when on', () => {
      const { talk, heard, events } = hearAll(source, sample, sample.messages)
      expect(drifts(events)).toEqual([])
      expect(candles(events)).toEqual(sample.bars.map((bar) => ({ told: 'candle', symbol: 'BTC', bar })))
      expectValid(heard)
      expect(talk.since('BTC')).toBe(sample.bars[0]!.openAt)
      expect(talk.since('ETH')).toBeNull()
      expect(events.some(({ told }) => told === 'time')).toBe(true)
    })

    it('ignores fields it does not know', () => {
      const more = sample.messages.map((message) => withUnknownFields(message, []))
      expect(hearAll(source, sample, more).events).toEqual(hearAll(source, sample, sample.messages).events)
    })

    it('tells nothing of a minute that goes on', () => {
      for (let count = 0; count <= sample.messages.length; count++) {
        const { heard, events } = hearAll(source, sample, sample.messages.slice(0, count))
        const now = heard.at(-1)?.fetchedAt ?? 0
        for (const { bar } of candles(events)) expect(bar.openAt + minutes(1)).toBeLessThanOrEqual(now)
      }
      const running = sample.messages.map((message) => sample.unfinished(message) ?? sample.messages[0])
      expect(candles(hearAll(source, sample, running).events)).toEqual([])
    })

    it('tells nothing that is still open by our own clock, but for a minute of haste', () => {
      for (const lateMs of [-minutes(1), -minutes(3), -minutes(10)]) {
        const { heard, events } = hearAll(source, sample, sample.messages, lateMs)
        expectValid(heard)
        if (lateMs < -minutes(1)) expect(candles(events)).toEqual([])
      }
    })

    it('refuses a symbol that was not asked for, and is silent of one that was left', () => {
      const other = JSON.stringify(sample.messages).replaceAll(sample.pair, sample.pair.replace('BTC', 'ETH'))
      const renamed = JSON.parse(other) as unknown[]
      const { talk, events } = hearAll(source, sample, renamed)
      expect(candles(events)).toEqual([])
      expect(drifts(events).length).toBeGreaterThan(0)
      talk.leave(['BTC'])
      expect(talk.since('BTC')).toBeNull()
      expect(
        candles(sample.messages.flatMap((one) => talk.hear(textOf(one), { fetchedAt: Date.UTC(2027, 0) }))),
      ).toEqual([])
    })

    it.each(broken)('calls %s drift, in words of its own, and begins anew', (_, text) => {
      const { talk, heard } = hearAll(source, sample, sample.messages.slice(0, -1))
      const before = talk.since('BTC')!
      const events = talk.hear(text, { fetchedAt: heard.at(-1)!.fetchedAt })
      expect(events.map(({ told }) => told)).toEqual(['drift'])
      expect(JSON.stringify(events)).not.toContain('body-words')
      expect(talk.since('BTC') ?? Infinity).toBeGreaterThan(before)
    })

    it('asks for nothing that no venue could list', () => {
      const talk = source.streams!.candles!.talk()
      expect(talk.ask(['', 'A/B', 'x'.repeat(50)])).toBeNull()
      expect(talk.ask(['A/B', 'eth'])?.toLowerCase()).toContain(
        sample.pair.replace('BTC', 'ETH').slice(0, 4).toLowerCase(),
      )
      expect(talk.ask(['A/B', 'eth'])).not.toContain('A/B')
      expect(talk.since('A/B')).toBeNull()
    })

    it(`lets nothing invalid out of ${messages.toLocaleString('en')} mutated messages`, { timeout: 120_000 }, () => {
      const seen = { refused: 0, told: 0 }
      fc.assert(
        fc.property(hostile, fc.nat({ max: sample.messages.length - 1 }), (mutations, which) => {
          const turned = sample.messages.map((one, i) => (i === which ? mutated(one, mutations) : one))
          const { heard, events } = hearAll(source, sample, turned)
          expectValid(heard)
          seen.refused += drifts(events).length
          seen.told += candles(events).length
        }),
        { numRuns: messages, seed: 20_260_301 },
      )
      expect(seen.refused).toBeGreaterThan(messages / 20)
      expect(seen.told).toBeGreaterThan(messages / 20)
    })
  })
}
