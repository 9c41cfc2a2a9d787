import { barFault, Failure, minutes, seconds, type Bar } from '@pumpiq/domain'
import { afterEach, describe, expect, it } from 'vitest'
import { createAsk } from '../network/ask.ts'
import { createCollectedLog, silentLog } from '../platform/log.ts'
import { createManualClock, type ManualClock } from '../platform/manual-clock.ts'
import { seededRandom } from '../platform/random.ts'
import { createFaults, type StreamFault } from '../simulate/faults.ts'
import { createMarket } from '../simulate/market.ts'
import { createSimulatedFetch } from '../simulate/network.ts'
import { createSimulatedSocket } from '../simulate/socket.ts'
import { binance } from '../sources/binance.ts'
import { coinbase } from '../sources/coinbase.ts'
import { kraken } from '../sources/kraken.ts'
import { mutated } from '../testing/mutate.ts'
import { createCandleStream, type CandleStream, type StreamedCandle, type StreamedSeries } from './stream.ts'

const market = createMarket({ seed: 7 })
const startAt = Date.UTC(2026, 4, 12, 9, 4, 30)
const sources = [binance, coinbase, kraken]
const series = (source: string, symbol: string): StreamedSeries => ({ token: `native:${symbol}`, source, symbol })

let stream: CandleStream
afterEach(() => stream.close())

/** A stream on the simulated market, with everything that is told kept and every opening of a line counted. */
function listen({ ours = (clock: ManualClock) => clock }: { ours?: (clock: ManualClock) => ManualClock } = {}) {
  const clock = createManualClock(startAt)
  const faults = createFaults()
  const log = createCollectedLog()
  const told: StreamedCandle[] = []
  const opened: string[] = []
  const sent: string[] = []
  const simulated = createSimulatedSocket({ market, clock, faults })
  stream = createCandleStream({
    sources,
    socket: async (url, hearing) => {
      opened.push(url)
      const line = await simulated(url, hearing)
      return {
        ...line,
        send(text) {
          sent.push(text)
          line.send(text)
        },
      }
    },
    clock: ours(clock),
    random: seededRandom(1),
    log,
  })
  stream.onCandle((candle) => told.push(candle))
  return {
    clock,
    faults,
    log,
    told,
    opened,
    sent,
    state: (id: string) => stream.states().find((one) => one.source === id)!,
  }
}

/** The minutes that the venue tells when it is asked. */
async function asked(clock: ManualClock, source: string, symbol: string, limit = 60): Promise<Map<number, Bar>> {
  const ask = createAsk({
    fetch: createSimulatedFetch({ market, clock }),
    clock,
    random: seededRandom(2),
    log: silentLog,
  })
  const found = sources.find(({ id }) => id === source)!
  const get = ask.from(found)
  const { length, openAt, open, high, low, close, volume } = await found.feeds.candles!({
    symbol,
    interval: '1m',
    limit,
    now: clock.now(),
    get,
  })
  const bars = Array.from({ length }, (_, i) => ({
    openAt: openAt[i]!,
    open: open[i]!,
    high: high[i]!,
    low: low[i]!,
    close: close[i]!,
    volume: volume[i]!,
  }))
  return new Map(bars.map((bar) => [bar.openAt, bar]))
}

describe('the stream of closed candles', () => {
  it.each(['binance', 'coinbase'])(
    'tells the minutes of %s that asking tells, each once, when it is over',
    async (id) => {
      const { clock, told, state } = listen()
      const wanted = ['BTC', 'SOL', 'PEPE', 'DOGE'].map((symbol) => series(id, symbol))
      stream.watch(wanted)
      await clock.advance(minutes(10))
      for (const one of wanted) {
        const rest = await asked(clock, id, one.symbol)
        const bars = told.filter(({ symbol }) => symbol === one.symbol)
        expect(bars.length).toBeGreaterThanOrEqual(8)
        expect(bars.map(({ bar }) => bar)).toEqual(bars.map(({ bar }) => rest.get(bar.openAt)))
        expect(new Set(bars.map(({ bar }) => bar.openAt)).size).toBe(bars.length)
        const since = stream.liveSince(one)!
        const due = [...rest.keys()].filter(
          (openAt) => openAt >= since && openAt + minutes(1) + seconds(6) <= clock.now(),
        )
        expect(bars.map(({ bar }) => bar.openAt)).toEqual(expect.arrayContaining(due))
        for (const { bar, receivedAt, token } of bars) {
          expect(token).toBe(one.token)
          expect(receivedAt - bar.openAt).toBeGreaterThanOrEqual(minutes(1))
          expect(receivedAt - bar.openAt).toBeLessThanOrEqual(minutes(1) + seconds(7))
        }
      }
      expect(state(id)).toMatchObject({
        connected: true,
        watched: 4,
        drift: 0,
        reconnects: 0,
        problem: null,
        skewed: false,
      })
    },
  )

  it('passes over sources that do not tell by themselves', async () => {
    const { clock, opened } = listen()
    stream.watch([series('kraken', 'BTC'), series('nowhere', 'BTC')])
    await clock.advance(minutes(2))
    expect(opened).toEqual([])
    expect(stream.liveSince(series('kraken', 'BTC'))).toBeNull()
    expect(stream.states().map(({ source, connected, watched }) => [source, connected, watched])).toEqual([
      ['binance', false, 0],
      ['coinbase', false, 0],
    ])
  })

  it('tells every token of a symbol, and nothing to who has stopped listening', async () => {
    const { clock, told } = listen()
    const twins = ['a', 'b'].map((token) => ({ token, source: 'binance', symbol: 'BTC' }))
    const gone: unknown[] = []
    const leave = stream.onCandle((candle) => gone.push(candle))
    stream.watch(twins)
    leave()
    await clock.advance(minutes(1))
    expect(told.map(({ token }) => token)).toEqual(['a', 'b'])
    expect(gone).toEqual([])
  })

  it('asks for the difference when the wish changes, at the pace of the vendor', async () => {
    const { clock, told, sent, opened } = listen()
    stream.watch(['BTC', 'ETH'].map((symbol) => series('binance', symbol)))
    await clock.advance(seconds(2))
    stream.watch(['ETH', 'SOL'].map((symbol) => series('binance', symbol)))
    stream.watch(['ETH', 'DOGE'].map((symbol) => series('binance', symbol)))
    await clock.advance(minutes(2))
    const said = sent.map((text) => JSON.parse(text) as { method: string; params: string[] })
    expect(said.map(({ method, params }) => [method, ...params])).toEqual([
      ['SUBSCRIBE', 'btcusdt@miniTicker'],
      ['SUBSCRIBE', 'btcusdt@kline_1m', 'ethusdt@kline_1m'],
      ['UNSUBSCRIBE', 'btcusdt@kline_1m'],
      ['SUBSCRIBE', 'dogeusdt@kline_1m'],
    ])
    expect(opened).toHaveLength(1)
    expect(new Set(told.map(({ symbol }) => symbol))).toEqual(new Set(['ETH', 'DOGE']))
    stream.watch([])
    const before = told.length
    await clock.advance(minutes(2))
    expect(told).toHaveLength(before)
    expect(stream.states()[0]).toMatchObject({ watched: 0, connected: false })
  })

  it('asks one by one when a venue refuses several for one that it does not have', async () => {
    const { clock, told, sent, state } = listen()
    stream.watch(['NOPE', 'BTC', 'SOL', 'A/B'].map((symbol) => series('coinbase', symbol)))
    await clock.advance(minutes(3))
    const ids = sent.map((text) => (JSON.parse(text) as { product_ids?: string[] }).product_ids)
    expect(ids).toEqual([undefined, ['NOPE-USD', 'BTC-USD', 'SOL-USD'], ['NOPE-USD'], ['BTC-USD'], ['SOL-USD']])
    expect(new Set(told.map(({ symbol }) => symbol))).toEqual(new Set(['BTC', 'SOL']))
    expect(stream.liveSince(series('coinbase', 'NOPE'))).toBeNull()
    expect(state('coinbase')).toMatchObject({ connected: true, drift: 2, problem: 'refuses what we asked' })
  })

  it('spreads more symbols than one line carries over several, in messages of the size that is allowed', async () => {
    const { clock, sent, opened, state } = listen()
    stream.watch(Array.from({ length: 2_050 }, (_, i) => series('binance', `C${i}`)))
    await clock.advance(seconds(10))
    const named = sent.flatMap((text) => [(JSON.parse(text) as { params: string[] }).params])
    expect(opened).toHaveLength(3)
    expect(Math.max(...named.map(({ length }) => length))).toBe(100)
    expect(new Set(named.flat()).size).toBe(2_051)
    expect(state('binance')).toMatchObject({ connected: true, watched: 2_050, reconnects: 0 })
  })

  it('comes back after a cut with growing pauses, invents nothing of what it missed, and says from when on it is whole', async () => {
    const { clock, faults, told, opened, state } = listen()
    const btc = series('binance', 'BTC')
    stream.watch([btc])
    await clock.advance(minutes(3))
    const before = stream.liveSince(btc)!
    expect(state('binance')).toMatchObject({ connected: true, since: startAt + seconds(1) })
    faults.disturb('binance', 'cut')
    const cutAt = clock.now()
    await clock.advance(minutes(20))
    // 1, 2, 4 .. 32 s, then a minute each, less a random part.
    expect(opened.length).toBeGreaterThan(15)
    expect(opened.length).toBeLessThan(40)
    expect(state('binance')).toMatchObject({ connected: false, problem: 'data-stream.binance.vision ended the line' })
    expect(stream.liveSince(btc)).toBeNull()
    const missed = told.length
    faults.restore('binance')
    await clock.advance(minutes(3))
    expect(state('binance').connected).toBe(true)
    expect(state('binance').reconnects).toBeGreaterThan(10)
    expect(stream.liveSince(btc)).toBeGreaterThan(before)
    const late = told.slice(missed).map(({ bar }) => bar.openAt)
    expect(late[0]).toBe(stream.liveSince(btc))
    expect(late[0]).toBeGreaterThan(cutAt)
  })

  it.each([
    ['binance', 25],
    ['coinbase', 15],
  ] as const)('opens the line of %s anew when nothing comes for a while', async (id, withinS) => {
    const { clock, faults, opened, state } = listen()
    stream.watch([series(id, 'BTC')])
    await clock.advance(seconds(90))
    expect(opened).toHaveLength(1)
    faults.disturb(id, 'silent')
    await clock.advance(seconds(withinS) + seconds(1))
    expect(state(id)).toMatchObject({ connected: false })
    faults.restore(id)
    await clock.advance(seconds(30))
    expect(opened.length).toBeGreaterThan(1)
    expect(state(id)).toMatchObject({ connected: true })
  })

  it('stays away as long as a vendor asks that has had enough', async () => {
    const clock = createManualClock(startAt)
    const tries: number[] = []
    stream = createCandleStream({
      sources,
      clock,
      random: seededRandom(1),
      log: silentLog,
      socket() {
        tries.push(clock.now() - startAt)
        return Promise.reject(new Failure('tooMany', 'x has had enough of us', { retryAfterMs: minutes(5) }))
      },
    })
    stream.watch([series('binance', 'BTC')])
    await clock.advance(minutes(12))
    expect(tries).toHaveLength(3)
    expect(tries[1]).toBeGreaterThanOrEqual(minutes(5))
    expect(stream.states()[0]).toMatchObject({ connected: false, problem: 'x has had enough of us', reconnects: 0 })
  })

  it.each<['binance' | 'coinbase', StreamFault, 'all' | 'none']>([
    ['binance', 'garbled', 'none'],
    ['coinbase', 'garbled', 'none'],
    ['binance', 'renamed', 'none'],
    ['coinbase', 'renamed', 'none'],
    ['binance', 'unfinished', 'none'],
    ['coinbase', 'unfinished', 'none'],
    ['binance', 'duplicated', 'all'],
    ['coinbase', 'duplicated', 'all'],
    ['binance', 'disordered', 'all'],
    ['coinbase', 'disordered', 'none'],
  ])('of %s with messages %s tells %s, nothing that is not so, and recovers', async (id, fault, what) => {
    const { clock, faults, told, log, state } = listen()
    const btc = series(id, 'BTC')
    stream.watch([btc])
    await clock.advance(minutes(2))
    faults.disturb(id, fault)
    // What was true already is told: the first minutes are left out.
    await clock.advance(seconds(40))
    const from = told.length
    await clock.advance(minutes(5))
    const bars = told.slice(from).map(({ bar }) => bar)
    expect(new Set(bars.map(({ openAt }) => openAt)).size).toBe(what === 'all' ? 5 : 0)
    const counted =
      ['garbled', 'renamed'].includes(fault) || (id === 'coinbase' && ['unfinished', 'disordered'].includes(fault))
    if (counted) expect(state(id).drift).toBeGreaterThan(0)
    else expect(state(id).drift).toBe(0)
    expect(stream.quarantine(id).length).toBe(counted ? 5 : 0)
    expect(log.entries.filter(({ sentence }) => sentence.includes('should not')).length).toBeLessThanOrEqual(6)
    faults.restore(id)
    await clock.advance(minutes(4))
    const rest = await asked(clock, id, 'BTC')
    expect(told.length).toBeGreaterThan(from + bars.length + 1)
    for (const { bar } of told) expect(bar).toEqual(rest.get(bar.openAt))
  })

  it('waits for the end of a minute by our clock too, and says by how much the clocks differ', async () => {
    const { told, clock, state, log } = listen({
      ours: (vendors) => ({ ...vendors, now: () => vendors.now() - 7_000 }),
    })
    stream.watch([series('binance', 'BTC'), series('coinbase', 'BTC')])
    await clock.advance(minutes(5))
    expect(told.length).toBeGreaterThanOrEqual(8)
    for (const { bar, receivedAt } of told) expect(receivedAt).toBeGreaterThanOrEqual(bar.openAt + minutes(1))
    expect([state('binance').skewMs, state('binance').skewed, state('coinbase').skewMs]).toEqual([7_000, true, 7_000])
    expect(log.entries.map(({ sentence }) => sentence)).toContain('the clock of binance and ours differ by 7000 ms')
  })

  it.each([-minutes(2), minutes(60)])(
    'tells nothing that is open by our clock when it is off by %i ms',
    async (offMs) => {
      const { told, clock } = listen({ ours: (vendors) => ({ ...vendors, now: () => vendors.now() + offMs }) })
      stream.watch([series('binance', 'BTC'), series('coinbase', 'BTC')])
      await clock.advance(minutes(4))
      for (const { bar, receivedAt } of told) expect(receivedAt).toBeGreaterThanOrEqual(bar.openAt + minutes(1))
      if (offMs < 0) expect(told).toEqual([])
    },
  )

  it('renews a line before its time without a minute in between that nobody tells', async () => {
    const soon = [binance, coinbase].map((source) => ({
      ...source,
      streams: { candles: { ...source.streams!.candles!, lifeMs: minutes(5) } },
    }))
    const clock = createManualClock(startAt)
    const told: StreamedCandle[] = []
    let standing = 0
    const simulated = createSimulatedSocket({ market, clock })
    stream = createCandleStream({
      sources: soon,
      clock,
      random: seededRandom(1),
      log: silentLog,
      async socket(url, { onClose, ...hearing }) {
        const line = await simulated(url, { ...hearing, onClose: (why) => (standing--, onClose(why)) })
        standing++
        return line
      },
    })
    stream.onCandle((candle) => told.push(candle))
    stream.watch([series('binance', 'BTC'), series('coinbase', 'BTC')])
    await clock.advance(minutes(30))
    for (const id of ['binance', 'coinbase']) {
      const opens = [...new Set(told.filter(({ source }) => source === id).map(({ bar }) => bar.openAt))]
      expect(opens.length).toBeGreaterThanOrEqual(28)
      for (const [i, openAt] of opens.entries()) expect(openAt).toBe(opens[0]! + minutes(i))
      const since = stream.liveSince(series(id, 'BTC'))!
      expect(since).toBeLessThanOrEqual(clock.now() - minutes(1))
    }
    for (const { reconnects, connected, since } of stream.states()) {
      expect([reconnects, connected]).toEqual([0, true])
      // Since the beginning: no renewal was a loss.
      expect(since).toBeLessThanOrEqual(startAt + seconds(1))
    }
    expect(standing).toBeLessThanOrEqual(4)
    stream.close()
    expect(standing).toBe(0)
  })

  it('lets no listener that fails harm the line or the others', async () => {
    const { clock, told, log, state } = listen()
    stream.onCandle(() => {
      throw new Error('not today')
    })
    stream.watch([series('binance', 'BTC')])
    await clock.advance(minutes(3))
    expect(told).toHaveLength(3)
    expect(state('binance')).toMatchObject({ connected: true, reconnects: 0 })
    expect(log.entries.filter(({ level }) => level === 'error')).toHaveLength(3)
  })

  it('says and does nothing any more when it is closed', async () => {
    const { clock, told, opened } = listen()
    stream.watch([series('binance', 'BTC')])
    await clock.advance(seconds(10))
    stream.close()
    stream.watch([series('binance', 'ETH')])
    await clock.advance(minutes(3))
    expect([told.length, opened.length]).toEqual([0, 1])
    expect(clock.dueIn()).toBeNull()
  })

  it('lets nothing invalid out of 10,000 mutated messages, and keeps at most five of them', async () => {
    const clock = createManualClock(startAt)
    const simulated = createSimulatedSocket({ market, clock })
    const random = seededRandom(20_260_512)
    const nat = () => Math.floor(random() * 2 ** 31)
    let count = 0
    stream = createCandleStream({
      sources,
      clock,
      random,
      log: silentLog,
      socket(url, hearing) {
        return simulated(url, {
          ...hearing,
          onMessage(text) {
            const how = Array.from({ length: 1 + (nat() % 3) }, () => ({ where: nat(), how: nat(), spare: nat() }))
            // Every third is left as it is, so that something can be told at all.
            const turned = count++ % 3 === 0 ? text : mutated(JSON.parse(text), how)
            hearing.onMessage(typeof turned === 'string' ? turned : (JSON.stringify(turned) ?? ''))
          },
        })
      },
    })
    const told: StreamedCandle[] = []
    stream.onCandle((candle) => told.push(candle))
    stream.watch(['binance', 'coinbase'].flatMap((id) => ['BTC', 'ETH', 'SOL'].map((symbol) => series(id, symbol))))
    while (count < 15_000) await clock.advance(minutes(5))
    expect(told.length).toBeGreaterThan(10)
    for (const { bar, receivedAt, symbol, source } of told) {
      expect(barFault(bar)).toBeNull()
      expect(bar.openAt % minutes(1)).toBe(0)
      expect(bar.openAt + minutes(1)).toBeLessThanOrEqual(receivedAt)
      expect(['BTC', 'ETH', 'SOL']).toContain(symbol)
      expect(['binance', 'coinbase']).toContain(source)
    }
    for (const id of ['binance', 'coinbase']) {
      expect(stream.quarantine(id)).toHaveLength(5)
      for (const { body } of stream.quarantine(id)) expect(body.length).toBeLessThanOrEqual(4_096)
    }
    expect(stream.states().every(({ drift }) => drift > 500)).toBe(true)
  })
})
