import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StreamChannel, StreamEvent } from '@pumpiq/api'
import { tickMs } from './hub.ts'
import { createTestHub, createTestLine } from './test-hub.ts'
import type { Wanted } from './wanted.ts'

const want = (channels: StreamChannel[], ...tokens: string[]): Wanted => ({
  channels: new Set(channels),
  tokens: tokens.length > 0 ? new Set(tokens) : null,
})
const seat = (wanted: Wanted, since: number | null = null, userId: string | null = null) => ({ wanted, since, userId })
const priceOf = (token: string, value: string): StreamEvent =>
  ({ event: 'price', token, value, source: 'test', observedAt: '2026-01-01T00:00:00.000Z' }) as StreamEvent

/** A look at the ledger and a tick behind it. */
const lookMs = 600

describe('who listens', () => {
  it('hears of calls of others nothing, live or read up, and of his own all, in order among those of the house', async () => {
    const { hub, clock, seal } = createTestHub()
    const owners = [null, 'ann', 'bob', null, 'ann'] as const
    const numbersFor = (userId: string | null) =>
      owners
        .flatMap((owner, i) => (owner === null || owner === userId ? [i + 1, i + 1 + owners.length] : []))
        .toSorted((a, b) => a - b)
    const listeners = [null, 'ann', 'bob', 'eve'].flatMap((userId) =>
      [0, null].map((since) => ({ userId, since, line: createTestLine() })),
    )
    for (const owner of owners) seal('a:1', owner)
    for (const { line, userId, since } of listeners) hub.enter(line, seat(want(['outcomes']), since, userId))
    await clock.advance(lookMs)
    for (const owner of owners) seal('a:1', owner)
    hub.nudge()
    await clock.advance(lookMs)
    for (const { line, userId, since } of listeners) {
      const heard = line.told('outcome').map(({ seq }) => seq)
      expect([userId, heard]).toEqual([userId, numbersFor(userId).filter((seq) => since === 0 || seq > owners.length)])
    }
  })

  it('is told where it begins, then what is sealed behind that, once', async () => {
    const { hub, clock, seal } = createTestHub()
    seal('a:1')
    const line = createTestLine()
    hub.enter(line, seat(want(['outcomes'])))
    await clock.advance(lookMs)
    expect(line.events()).toEqual([{ event: 'head', seq: 1 }])
    seal('a:1')
    seal(null)
    seal('b:2')
    hub.nudge()
    await clock.advance(2 * tickMs)
    expect(line.told('outcome').map(({ seq }) => seq)).toEqual([2, 4])
    await clock.advance(6_000)
    expect(line.told('outcome')).toHaveLength(2)
    expect(line.told('head').at(-1)).toEqual({ event: 'head', seq: 4 })
  })

  it('hears of what other processes sealed without being told of it', async () => {
    const { hub, clock, seal } = createTestHub()
    const line = createTestLine()
    hub.enter(line, seat(want(['outcomes'])))
    await clock.advance(lookMs)
    seal('a:1')
    await clock.advance(lookMs)
    expect(line.told('outcome').map(({ seq }) => seq)).toEqual([1])
  })

  it('hears of its tokens and channels only', async () => {
    const { hub, clock, seal } = createTestHub()
    const [all, one, none] = [createTestLine(), createTestLine(), createTestLine()]
    hub.enter(all, seat(want(['outcomes', 'prices'])))
    hub.enter(one, seat(want(['outcomes', 'prices'], 'a:1')))
    hub.enter(none, seat(want(['sources'], 'a:1')))
    await clock.advance(lookMs)
    seal('a:1')
    seal('b:2')
    hub.nudge()
    hub.publish(priceOf('a:1', '1'))
    hub.publish(priceOf('b:2', '2'))
    hub.publish({ event: 'sources', id: 'kraken', state: 'down', why: 'away' })
    await clock.advance(2 * tickMs)
    const heard = (line: typeof all) =>
      [...line.told('outcome').map(({ seq }) => seq), ...line.told('price').map(({ value }) => value)].join()
    expect([heard(all), heard(one), heard(none)]).toEqual(['1,2,1,2', '1,1', ''])
    expect([all, one, none].map((line) => line.told('sources').length)).toEqual([0, 0, 1])
  })

  it('is told of a token only the newest price of a tick', async () => {
    const { hub, clock } = createTestHub()
    const line = createTestLine()
    hub.enter(line, seat(want(['prices'])))
    await clock.advance(lookMs)
    for (const value of ['1', '2', '3']) hub.publish(priceOf('a:1', value))
    await clock.advance(tickMs)
    expect(line.told('price').map(({ value }) => value)).toEqual(['3'])
  })

  it('stops the looks at the ledger when the last has gone', async () => {
    const { hub, clock } = createTestHub()
    const places = [1, 2].map(() => hub.enter(createTestLine(), seat(want(['outcomes']))))
    await clock.advance(lookMs)
    for (const place of places) place.leave()
    expect([hub.listeners(), clock.dueIn()]).toEqual([0, null])
  })

  it('that does not answer any more is let go', async () => {
    const { hub, clock, seal } = createTestHub()
    const line = createTestLine()
    hub.enter(line, seat(want(['outcomes'])))
    await clock.advance(lookMs)
    line.isThere = false
    await clock.advance(31_000)
    const before = line.frames.length
    seal('a:1')
    await clock.advance(lookMs)
    expect(line.frames).toHaveLength(before)
  })

  it('by the thousand gets one frame, made once', async () => {
    const { hub, clock, seal, reads } = createTestHub()
    const lines = Array.from({ length: 1_000 }, createTestLine)
    for (const line of lines) hub.enter(line, seat(want(['outcomes'])))
    await clock.advance(lookMs)
    const before = reads()
    seal('a:1')
    seal('b:2')
    hub.nudge()
    await clock.advance(2 * tickMs)
    expect(lines[0]!.told('outcome').map(({ seq }) => seq)).toEqual([1, 2])
    const bytes = lines[0]!.frames.at(-1)!.socket()
    expect(lines.every(({ frames }) => frames.at(-1)!.socket() === bytes)).toBe(true)
    expect(reads() - before).toBe(1)
  })
})

describe('a wish that changes', () => {
  it('holds from the number on that is told', async () => {
    const { hub, clock, seal } = createTestHub()
    const line = createTestLine()
    const place = hub.enter(line, seat(want(['outcomes'], 'a:1')))
    await clock.advance(lookMs)
    seal('b:2')
    hub.nudge()
    await clock.advance(2 * tickMs)
    place.want(want(['outcomes'], 'b:2'))
    await clock.advance(tickMs)
    expect(line.told('subscribed')).toEqual([{ event: 'subscribed', seq: 1, channels: ['outcomes'], tokens: ['b:2'] }])
    seal('a:1')
    seal('b:2')
    hub.nudge()
    await clock.advance(2 * tickMs)
    expect(line.told('outcome').map(({ seq }) => seq)).toEqual([3])
  })
})

describe('who was cut off', () => {
  it('is told what it missed, once and in order, wherever it was cut and however it comes back', async () => {
    const step = fc.oneof(
      fc.constantFrom('a:1', 'b:2').map((token) => ({ seal: token })),
      fc.constant({ seal: null }),
      fc.integer({ min: 1, max: 900 }).map((ms) => ({ wait: ms })),
      fc.constant({ nudge: true }),
      fc.constant({ cut: true }),
      fc.integer({ min: 0, max: 200_000 }).map((bytes) => ({ waiting: bytes })),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.boolean(), async (steps, isNarrow) => {
        const { hub, clock, seal, sealed, settle } = createTestHub({ mostSealed: 5, patienceMs: 2_000 })
        const wanted = isNarrow ? want(['outcomes', 'prices'], 'a:1') : want(['outcomes', 'prices'])
        // Another one wants the same, so that much waits to be told whenever ours comes back.
        hub.enter(createTestLine(), seat(wanted))
        const seen: number[] = []
        let since = 0
        let line = createTestLine()
        let place = hub.enter(line, seat(wanted, since))
        const comeBack = () => {
          for (const event of line.events()) {
            if (event.event === 'outcome') seen.push(event.seq)
            if ('seq' in event) {
              expect(event.seq).toBeGreaterThanOrEqual(event.event === 'outcome' ? since + 1 : since)
              since = event.seq
            }
          }
          place.leave()
          line = createTestLine()
          place = hub.enter(line, seat(wanted, since))
        }
        for (const one of steps) {
          if ('seal' in one) seal(one.seal)
          if ('wait' in one) await clock.advance(one.wait)
          if ('nudge' in one) {
            hub.nudge()
            await settle()
          }
          if ('waiting' in one) line.waitingBytes = one.waiting
          if ('cut' in one || line.ended) comeBack()
        }
        line.waitingBytes = 0
        await clock.advance(3_000)
        comeBack()
        await clock.advance(3_000)
        comeBack()
        const due = sealed().filter(
          (event) => !isNarrow || (event.event === 'outcome' && event.outcome.token === 'a:1'),
        )
        expect(seen).toEqual(due.map(({ seq }) => seq))
      }),
      { numRuns: 300 },
    )
  })

  it('reads a long record in pages, and waits for a slow reader between them', async () => {
    const { hub, clock, seal } = createTestHub()
    for (let i = 0; i < 450; i++) seal('a:1')
    const line = createTestLine()
    line.waitingBytes = 1e6
    hub.enter(line, seat(want(['outcomes']), 0))
    await clock.advance(lookMs)
    expect(line.told('outcome')).toHaveLength(200)
    line.waitingBytes = 0
    await clock.advance(lookMs)
    expect(line.told('outcome').map(({ seq }) => seq)).toEqual(Array.from({ length: 450 }, (_, i) => i + 1))
  })
})

describe('who reads too slowly', () => {
  it('hears that it lags, keeps every sealed event and of each token the newest price, and goes on', async () => {
    const { hub, clock, seal } = createTestHub()
    const [slow, fast] = [createTestLine(), createTestLine()]
    for (const line of [slow, fast]) hub.enter(line, seat(want(['outcomes', 'prices'])))
    await clock.advance(lookMs)
    slow.waitingBytes = 100_000
    for (let i = 1; i <= 10; i++) {
      seal('a:1')
      hub.nudge()
      hub.publish(priceOf('a:1', String(i)))
      hub.publish(priceOf('b:2', String(10 * i)))
      await clock.advance(tickMs)
    }
    await clock.advance(tickMs)
    expect([fast.told('price').length, slow.told('price').length]).toEqual([20, 0])
    expect(slow.told('lagging')).toEqual([{ event: 'lagging', seq: 0, waitingBytes: 100_000 }])
    slow.waitingBytes = 0
    await clock.advance(tickMs)
    expect(slow.told('price').map(({ value }) => value)).toEqual(['10', '100'])
    expect(slow.told('outcome')).toEqual(fast.told('outcome'))
    expect(slow.ended).toBeNull()
  })

  it('is cut beyond the bound, hears from where to come again, and the others go on', async () => {
    const { hub, clock, seal } = createTestHub({ mostSealed: 5 })
    const [slow, fast] = [createTestLine(), createTestLine()]
    for (const line of [slow, fast]) hub.enter(line, seat(want(['outcomes'])))
    await clock.advance(lookMs)
    seal('a:1')
    await clock.advance(lookMs)
    slow.waitingBytes = 100_000
    for (let i = 0; i < 8; i++) {
      seal('a:1')
      hub.nudge()
      await clock.advance(tickMs)
    }
    await clock.advance(tickMs)
    expect(slow.ended?.code).toBe(4408)
    expect(slow.told('dropped')).toMatchObject([{ seq: 1, why: expect.stringContaining('since=1') }])
    expect([fast.ended, fast.told('outcome').length]).toEqual([null, 9])
    await clock.advance(5_000)
    expect([slow.isDestroyed, fast.isDestroyed]).toEqual([true, false])
  })

  it('is cut when it reads nothing for too long', async () => {
    const { hub, clock } = createTestHub({ patienceMs: 1_000 })
    const line = createTestLine()
    hub.enter(line, seat(want(['prices'])))
    await clock.advance(lookMs)
    line.waitingBytes = 100_000
    hub.publish(priceOf('a:1', '1'))
    await clock.advance(1_500)
    expect(line.ended?.code).toBe(4408)
  })
})
