import { type Bar, candlesOf, Failure, hours, minutes, price, toIso } from '@pumpiq/domain'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { benchAt, createBench } from '../testing/bench.ts'
import type { Second } from './verdicts.ts'

type Prices = readonly [number, number, number, number]
type Bench = Awaited<ReturnType<typeof createBench>>

const flat: Prices = [100, 100.5, 99.5, 100]
const wick: Prices = [100, 100, 60, 99]
const times = (factor: number): Prices => flat.map((value) => value * factor) as unknown as Prices
const at = (minute: number) => benchAt + minutes(minute)

let other: { at: Map<number, Prices> | null; fault: Failure | null; asked: number }
let second: Second
let open: Bench[]
let b: Bench
beforeEach(async () => {
  other = { at: new Map(), fault: null, asked: 0 }
  second = ({ at: about }) => {
    other.asked++
    if (other.fault) return Promise.reject(other.fault)
    if (!other.at) return Promise.resolve(null)
    const bars: Bar[] = []
    for (let openAt = about - minutes(3); openAt <= about + minutes(3); openAt += minutes(1)) {
      const [high, low, close] = (other.at.get(openAt) ?? flat).slice(1) as [number, number, number]
      bars.push({ openAt, open: close, high, low, close, volume: 1 })
    }
    return Promise.resolve({ source: 'other', candles: candlesOf('other', minutes(1), bars) })
  }
  b = await createBench({ second })
  open = [b]
  b.trade(benchAt - hours(3), at(600), flat)
})
afterEach(async () => {
  for (const one of open.toReversed()) await one.close()
})

const endings = async (id: string) =>
  (await b.outcomes.versionsOf(id)).map(({ outcome: { status, at: when }, notes }) => [status, when, notes])

/** A call whose stop only one minute's wick of the venue touches. */
async function withWick() {
  b.trade(at(10), at(11), wick)
  const { id } = await b.issue({ horizonMs: hours(4) })
  await b.to(at(11))
  expect(await endings(id)).toEqual([])
  expect(other.asked).toBe(0)
  return id
}

const what = `paper showed 60 in the minute of ${toIso(at(10))}, far from the minutes beside it`

describe('a minute that reaches far beyond those beside it', () => {
  it('and that another venue does not show ends nothing, tells nothing, and is named in the outcome', async () => {
    const id = await withWick()
    await b.to(at(12))
    expect([other.asked, await endings(id)]).toEqual([1, []])
    expect(b.events.map(({ kind }) => kind)).toEqual(['entry'])
    // Another process, which has never asked, knows it too.
    await sql`update lease set expires_at = '-infinity'`.execute(b.db)
    other.fault = new Failure('unavailable', 'other is away')
    const again = await createBench({ db: b.db, bars: b.bars, startAt: at(60), second })
    open.push(again)
    await again.to(benchAt + hours(4) + minutes(2))
    const note = `${what}: other does not show it, so it is not used`
    expect(await endings(id)).toEqual([['EXPIRED', toIso(benchAt + hours(4)), [note]]])
    expect(other.asked).toBe(1)
  })

  it('ends the call where another venue shows it too, or none lists the token', async () => {
    const first = await withWick()
    other.at!.set(at(10), [100, 100, 60.5, 99])
    await b.to(at(12))
    expect(await endings(first)).toEqual([['STOPPED', toIso(at(10)), [`${what}: other shows it too`]]])
    other.at = null
    b.trade(at(20), at(21), [100, 100, 61, 99])
    const { id } = await b.issue()
    await b.to(at(22))
    expect(await endings(id)).toMatchObject([['STOPPED', toIso(at(20)), [expect.stringContaining('no other venue')]]])
  })

  it('is waited for while no other venue can be asked, for hours, and not for ever', async () => {
    const id = await withWick()
    other.fault = new Failure('unavailable', 'other is away')
    await b.to(at(12))
    await b.to(at(300))
    expect(await endings(id)).toEqual([])
    await b.to(at(12) + hours(6))
    expect(await endings(id)).toMatchObject([['STOPPED', toIso(at(10)), [expect.stringContaining('could be asked')]]])
  })

  it('is waited for as long when it was seen only after an outage of ours: asked once is not asked for hours', async () => {
    b.trade(at(10), at(11), wick)
    const { id } = await b.issue({ horizonMs: hours(9) })
    await b.to(at(5))
    other.fault = new Failure('unavailable', 'other is away')
    await b.to(at(10) + hours(8))
    expect([other.asked, await endings(id)]).toEqual([1, []])
    await b.to(at(10) + hours(13))
    expect(await endings(id)).toEqual([])
    await b.to(at(10) + hours(14) + minutes(1))
    expect(await endings(id)).toMatchObject([['STOPPED', toIso(at(10)), [expect.stringContaining('could be asked')]]])
  })

  it('is used when the venue corrects it into something else that ends the call', async () => {
    const id = await withWick()
    await b.to(at(12))
    b.trade(at(10), at(11), [100, 100, 89, 99])
    await b.to(at(13))
    expect(await endings(id)).toEqual([['STOPPED', toIso(at(10)), []]])
  })

  it('needs nobody where the fall goes on', async () => {
    b.trade(at(10), at(11), [100, 100, 70, 72])
    b.trade(at(11), at(600), [72, 73, 68, 70])
    const { id } = await b.issue()
    await b.to(at(12))
    expect([other.asked, await endings(id)]).toEqual([0, [['STOPPED', toIso(at(10)), []]]])
  })
})

describe('a source that tells the prices of another scale or coin', () => {
  it.each([10, 0.1, 1.5, 0.6])(
    'times %d closes nothing, however long, and the call ends by what it tells afterwards',
    async (factor) => {
      const { id } = await b.issue({ horizonMs: hours(4) })
      const { id: hold } = await b.issue({
        type: 'HOLD',
        ...noLevels,
        band: { low: price('95'), high: price('105') },
        horizonMs: hours(4),
      })
      await b.to(at(10))
      b.trade(at(10), at(40), times(factor))
      for (const minute of [11, 12, 25, 40]) await b.to(at(minute))
      expect([await endings(id), await endings(hold)]).toEqual([[], []])
      b.trade(at(60), at(61), [100, 100, 89.9, 94])
      await b.to(at(90))
      const note = [expect.stringContaining('other does not show it')]
      expect(await endings(id)).toEqual([['STOPPED', toIso(at(60)), note]])
      expect(await endings(hold)).toEqual([['STOPPED', toIso(at(60)), note]])
    },
  )

  it('also for the hour that it tells again, reopens nothing that has ended', async () => {
    b.trade(at(5), at(6), [100, 100, 89.9, 94])
    const { id } = await b.issue()
    await b.to(at(20))
    const before = await endings(id)
    expect(before).toMatchObject([['STOPPED', toIso(at(5)), []]])
    const told = new Map(b.bars)
    for (const [openAt, bar] of told) b.bars.set(openAt, scaled(bar, 10))
    const { id: open2 } = await b.issue()
    await b.to(at(22))
    expect([await endings(id), await endings(open2)]).toEqual([before, []])
    for (const [openAt, bar] of told) b.bars.set(openAt, bar)
    await b.to(at(24))
    expect([await endings(id), await endings(open2)]).toEqual([before, []])
  })

  it('until a day behind the horizon leaves the call unresolved', async () => {
    b.trade(at(10), at(10) + hours(40), times(10))
    const { id } = await b.issue({ horizonMs: hours(4) })
    for (const after of [hours(1), hours(5), hours(27)]) await b.to(benchAt + after)
    expect(await endings(id)).toEqual([])
    await b.to(benchAt + hours(28) + minutes(1))
    expect(await endings(id)).toMatchObject([['UNRESOLVED', toIso(benchAt + hours(4)), [expect.anything()]]])
  })
})

const noLevels = { entry: null, targets: [], stopLoss: null }

function scaled(bar: Bar, factor: number): Bar {
  const { open: first, high, low, close } = bar
  return { ...bar, open: first * factor, high: high * factor, low: low * factor, close: close * factor }
}
