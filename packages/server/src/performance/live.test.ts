import { type Bar, hours, minutes, toIso } from '@pumpiq/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CandleStream, StreamedCandle } from '../evidence/stream.ts'
import { benchAt, createBench } from '../testing/bench.ts'

type Bench = Awaited<ReturnType<typeof createBench>>

const flat = [100, 100.5, 99.5, 100] as const
const bar = (openAt: number, [open, high, low, close]: readonly [number, number, number, number] = flat): Bar => ({
  openAt,
  open,
  high,
  low,
  close,
  volume: 1,
})

/** A stream that tells what the test tells it to. */
function createScripted() {
  const listeners = new Set<(candle: StreamedCandle) => void>()
  const script = {
    liveSince: null as number | null,
    watched: [] as readonly { token: string; symbol: string; source: string }[],
    tell(...bars: Bar[]): void {
      const [one] = script.watched
      if (!one) throw new Error('nothing is watched')
      for (const told of bars)
        for (const listener of listeners) listener({ ...one, bar: told, receivedAt: told.openAt + minutes(1) })
    },
    stream: {
      watch(series): void {
        script.watched = series
      },
      onCandle(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      liveSince: (): number | null => (script.watched.length > 0 ? script.liveSince : null),
      states: () => [],
      quarantine: () => [],
      close: () => listeners.clear(),
    } satisfies CandleStream,
  }
  return script
}

let script: ReturnType<typeof createScripted>
let b: Bench
beforeEach(async () => {
  script = createScripted()
  b = await createBench({ stream: script.stream })
  b.trade(benchAt - hours(3), benchAt + minutes(1), flat)
})
afterEach(() => b.close())

/** One call, looked at once by asking, from then on told live. */
async function liveFrom(): Promise<string> {
  const { id } = await b.issue()
  await b.to(benchAt + minutes(1))
  script.liveSince = benchAt + minutes(1)
  return id
}

const knownUntil = async () => {
  const row = await b.db.selectFrom('candleCursor').select('knownUntil').executeTakeFirstOrThrow()
  return row.knownUntil.getTime()
}
async function reaches(instant: number): Promise<void> {
  await expect.poll(knownUntil, { timeout: 10_000 }).toBe(instant)
}
const at = (minute: number) => benchAt + minutes(minute)

describe('a closed candle that the venue tells by itself', () => {
  it('is kept, moves the series on and is judged by at once, without the venue being asked', async () => {
    const id = await liveFrom()
    expect(script.watched).toMatchObject([{ source: 'paper' }])
    const asked = b.venue.asked.length
    await b.clock.advance(minutes(2))
    script.tell(bar(at(1)))
    await reaches(at(2))
    script.tell(bar(at(2), [100, 100, 89, 95]))
    await expect
      .poll(() => b.outcomes.versionsOf(id), { timeout: 10_000 })
      .toMatchObject([{ outcome: { status: 'STOPPED', at: toIso(at(2)) } }])
    await b.tracker.round()
    expect(b.venue.asked.length).toBe(asked)
    expect(await b.db.selectFrom('rollupDue').selectAll().execute()).toHaveLength(1)
  })

  it('many at once are taken in order, whatever order they came in, and twice the same is once', async () => {
    await liveFrom()
    const asked = b.venue.asked.length
    const told = [3, 1, 2, 2, 1, 4].map((minute) => bar(at(minute)))
    script.tell(...told)
    await reaches(at(5))
    await b.tracker.round()
    expect(b.venue.asked.length).toBe(asked)
    const kept = await b.db
      .selectFrom('candle')
      .select('revision')
      .where('ts', '>=', toIso(at(1)) as never)
      .execute()
    expect(kept).toEqual([0, 0, 0, 0].map((revision) => ({ revision })))
  })

  it('behind minutes without a trade continues the series where all of them were told, else the venue is asked', async () => {
    await liveFrom()
    const asked = b.venue.asked.length
    script.tell(bar(at(4)))
    await reaches(at(5))
    await b.tracker.round()
    expect(b.venue.asked.length).toBe(asked)
    // The line was cut and stands again: what lies between is not known.
    script.liveSince = at(8)
    b.trade(at(1), at(11), flat)
    await b.clock.advance(minutes(10))
    script.tell(bar(at(9)))
    await reaches(at(11))
    expect(b.venue.asked.length).toBeGreaterThan(asked)
  })

  it('that is late or says something else than before is not believed by itself: the venue is asked', async () => {
    const id = await liveFrom()
    script.tell(bar(at(1)), bar(at(2)))
    await reaches(at(3))
    b.trade(at(1), at(3), flat)
    await b.clock.advance(minutes(3))
    const asked = b.venue.asked.length
    script.tell(bar(at(1), [100, 100, 80, 90]))
    await expect.poll(() => b.venue.asked.length, { timeout: 10_000 }).toBeGreaterThan(asked)
    await b.tracker.round()
    expect(await b.outcomes.versionsOf(id)).toEqual([])
  })

  it('does not make corrections go unseen: the venue is asked for them every quarter of an hour', async () => {
    const id = await liveFrom()
    for (let minute = 1; minute <= 16; minute++) {
      await b.clock.advance(minutes(1))
      script.tell(bar(at(minute)))
    }
    await reaches(at(17))
    b.trade(at(1), at(17), flat)
    b.bars.set(at(5), bar(at(5), [100, 100, 89, 95]))
    const asked = b.venue.asked.length
    await b.tracker.round()
    expect(b.venue.asked.length).toBe(asked + 1)
    expect(await b.outcomes.versionsOf(id)).toMatchObject([{ outcome: { status: 'STOPPED', at: toIso(at(5)) } }])
  })

  it('that does not come for three minutes though the line stands makes the venue be asked, and not more often than that', async () => {
    const id = await liveFrom()
    b.trade(at(1), at(30), flat)
    b.bars.set(at(4), bar(at(4), [100, 100, 89, 95]))
    await b.clock.advance(minutes(2))
    script.tell(bar(at(1)), bar(at(2)))
    await reaches(at(3))
    const asked = b.venue.asked.length
    await b.to(at(5))
    expect(b.venue.asked.length).toBe(asked)
    await b.to(at(6))
    expect(b.venue.asked.length).toBe(asked + 1)
    expect(await b.outcomes.versionsOf(id)).toMatchObject([{ outcome: { status: 'STOPPED', at: toIso(at(4)) } }])
    // Nobody trades: asked again only when as much time has passed.
    for (const openAt of b.bars.keys()) if (openAt >= at(6)) b.bars.delete(openAt)
    await b.issue()
    for (const minute of [9, 10, 11]) await b.to(at(minute))
    expect(b.venue.asked.length).toBe(asked + 2)
    await b.to(at(12))
    expect(b.venue.asked.length).toBe(asked + 3)
  })

  it('finds a call that was made meanwhile', async () => {
    await liveFrom()
    script.tell(bar(at(1)), bar(at(2)))
    await reaches(at(3))
    await b.clock.advance(minutes(2))
    const { id } = await b.issue()
    await b.tracker.round()
    script.tell(bar(at(3), [100, 131, 100, 125]))
    await expect
      .poll(() => b.outcomes.versionsOf(id), { timeout: 10_000 })
      .toMatchObject([{ outcome: { status: 'TARGET_3' } }])
  })
})

describe('what happens to a call', () => {
  it('is told while it stays open, once, and with its end', async () => {
    const id = await liveFrom()
    script.tell(bar(at(1)), bar(at(2), [100, 111, 100, 108]), bar(at(3), [108, 109, 107, 108]))
    await reaches(at(4))
    expect(b.events.map(({ kind, at: when, price }) => [kind, when, price])).toEqual([
      ['entry', at(0), '100'],
      ['target1', at(2), '110'],
    ])
    script.tell(bar(at(4), [108, 108, 89, 90]))
    await expect.poll(() => b.outcomes.versionsOf(id), { timeout: 10_000 }).toHaveLength(1)
    const told = b.events.map(({ kind }) => kind)
    expect([...new Set(told)]).toEqual(['entry', 'target1', 'stop'])
    expect(told.filter((kind) => kind === 'stop')).toHaveLength(1)
    expect(new Set(b.events.map(({ recommendationId }) => recommendationId))).toEqual(new Set([id]))
  })

  it('of a corrected outcome is told with its version, a call that nobody entered ends as expired', async () => {
    const id = await liveFrom()
    b.bars.set(at(1), bar(at(1), [100, 100, 89, 95]))
    script.liveSince = null
    await b.to(at(2))
    b.bars.set(at(1), bar(at(1), [100, 100, 80, 95]))
    await b.to(at(3))
    expect(await b.outcomes.versionsOf(id)).toHaveLength(2)
    expect(b.events.filter(({ kind }) => kind === 'corrected')).toEqual([
      { kind: 'corrected', recommendationId: id, at: at(1), price: '90', version: 2 },
    ])
    b.trade(at(3), at(400), [120, 121, 119, 120])
    const { id: never } = await b.issue()
    await b.to(at(300))
    expect(await b.outcomes.versionsOf(never)).toMatchObject([{ outcome: { status: 'NOT_FILLED' } }])
    expect(b.events.filter(({ recommendationId }) => recommendationId === never)).toMatchObject([
      { kind: 'expiry', price: null },
    ])
  })
})
