import { hours, minutes, seconds, type Bar } from '@pumpiq/domain'
import { z } from 'zod'
import { skewMs } from './bars.ts'
import { faultOfInstant, Instant, PriceText } from './quote.ts'
import { pairsOf, type StreamEvent, type StreamHeard, type StreamPlan, type StreamTalk } from './source.ts'
import { createTape, type Tape } from './tape.ts'
import { faultOfClock, minuteOf, readMessage } from './told.ts'

// Manual: docs.cdp.coinbase.com, Advanced Trade WebSocket: the channels market_trades and heartbeats.

/** Trades come in batches, up to 2.5 s behind (seen in public captures): so long after a minute's end its last one is here. */
const lateAtMostMs = seconds(5)

const Trade = z
  .object({
    trade_id: z.string().regex(/^\d{1,15}$/, 'expected a number in a string'),
    product_id: z.string(),
    price: PriceText,
    size: PriceText,
    time: Instant,
  })
  .transform(({ trade_id, product_id, price, size, time }) => ({
    id: Number(trade_id),
    pair: product_id,
    price,
    size,
    at: time,
  }))
type Trade = z.output<typeof Trade>

const envelope = { timestamp: Instant, sequence_num: z.int().nonnegative() }
const Message = z.discriminatedUnion('channel', [
  z.object({
    ...envelope,
    channel: z.literal('market_trades'),
    events: z.array(z.object({ type: z.enum(['snapshot', 'update']), trades: z.array(Trade) })),
  }),
  z.object({ ...envelope, channel: z.literal('heartbeats') }),
  z.object({
    ...envelope,
    channel: z.literal('subscriptions'),
    events: z.array(z.object({ subscriptions: z.object({ market_trades: z.array(z.string()).optional() }) })),
  }),
])
type Message = z.output<typeof Message>
const Refusal = z.object({ type: z.literal('error') }).transform(() => null)

export const coinbaseStream: StreamPlan = {
  url: 'wss://advanced-trade-ws.coinbase.com',
  symbolsALine: 200,
  // One that the venue does not have may spoil its message.
  symbolsAMessage: 10,
  // Eight messages a second and address; several lines may speak at once.
  pauseMs: 500,
  // Heartbeats come every second.
  silenceMs: seconds(10),
  lifeMs: hours(23),
  talk,
}

function talk(): StreamTalk {
  const tapes = new Map<string, { symbol: string; tape: Tape }>() // by pair, what is asked for
  const former = new Set<string>() // pairs that were left: some messages of theirs are still under way
  const alone = new Set<string>() // pairs that are to be asked for again, each by itself, as the venue refused them together with others
  const tried = new Set<string>()
  let last: { sequence: number; at: number } | null = null

  const pairsFor = (symbols: readonly string[]) => pairsOf(symbols, (ticker) => `${ticker}-USD`)
  const message = (type: string, pairs: readonly string[]) =>
    pairs.length === 0 ? null : JSON.stringify({ type, product_ids: pairs, channel: 'market_trades' })
  /** The first minute that lies wholly before us. */
  const nextMinute = () => minuteOf(last?.at ?? 0) + minutes(1)

  /** Something was missed: no minute that has begun will be whole. */
  function breach(): void {
    for (const { tape } of tapes.values()) tape.breach(nextMinute())
  }
  function drift(issue: string): StreamEvent[] {
    breach()
    return [{ told: 'drift', issue }]
  }

  /** One pair that the venue does not have spoils its whole message. Nothing was missed by that. */
  function refused(): StreamEvent[] {
    for (const [pair, { tape }] of tapes) if (tape.since() === null && !tried.has(pair)) alone.add(pair)
    return [{ told: 'drift', issue: 'refuses what we asked' }]
  }

  /** Each message of a line bears the number after the one before it. */
  function inOrder({ sequence_num: sequence, timestamp: at }: Message): 'next' | 'again' | 'gap' {
    const before = last
    last = { sequence, at: Math.max(at, before?.at ?? 0) }
    if (before === null || sequence === before.sequence + 1) return 'next'
    return sequence === before.sequence ? 'again' : 'gap'
  }

  function trades(heard: Trade[], snapshot: boolean): StreamEvent[] {
    const events: StreamEvent[] = []
    for (const trade of heard.toSorted((a, b) => a.id - b.id)) {
      const found = tapes.get(trade.pair)
      if (!found) continue
      if (snapshot) found.tape.seen(trade.id, nextMinute())
      else if (!found.tape.take(trade, nextMinute())) events.push({ told: 'drift', issue: 'a trade came too late' })
    }
    return events
  }

  function closed(end: number): StreamEvent[] {
    return [...tapes.values()].flatMap(({ symbol, tape }) =>
      tape.close(end).map((bar: Bar): StreamEvent => ({ told: 'candle', symbol, bar })),
    )
  }

  function follow(said: Message, { fetchedAt }: StreamHeard): StreamEvent[] {
    if (said.channel === 'subscriptions') {
      for (const { subscriptions } of said.events) {
        for (const pair of subscriptions.market_trades ?? []) tapes.get(pair)?.tape.begin(nextMinute())
      }
      return []
    }
    if (said.channel === 'market_trades') {
      return said.events.flatMap((event) => trades(event.trades, event.type === 'snapshot'))
    }
    // Ended by the vendor's clock and by ours; in milliseconds before both.
    const end = Math.min(said.timestamp, fetchedAt + lateAtMostMs) - lateAtMostMs
    return [{ told: 'time', at: said.timestamp }, ...closed(end)]
  }

  function faultOf(said: Message, heard: StreamHeard): string | null {
    const fault = faultOfClock(said.timestamp)
    if (fault) return fault
    if (said.timestamp > heard.fetchedAt + skewMs) return 'a message comes from the future'
    if (said.channel !== 'market_trades') return null
    for (const { at, pair } of said.events.flatMap(({ trades: several }) => several)) {
      const late = faultOfInstant(at, { serverAt: said.timestamp, fetchedAt: heard.fetchedAt })
      if (late) return late
      if (!tapes.has(pair) && !former.has(pair)) return 'tells of a symbol that was not asked for'
    }
    return null
  }

  return {
    greeting: [JSON.stringify({ type: 'subscribe', channel: 'heartbeats' })],
    ask(asked) {
      const pairs = pairsFor(asked)
      for (const [symbol, pair] of pairs) tapes.set(pair, { symbol, tape: createTape() })
      return message('subscribe', [...pairs.values()])
    },
    leave(left) {
      const pairs = [...pairsFor(left).values()]
      for (const pair of pairs) {
        tapes.delete(pair)
        alone.delete(pair)
        former.add(pair)
      }
      return message('unsubscribe', pairs)
    },
    more() {
      const [pair] = alone
      if (pair === undefined) return null
      alone.delete(pair)
      tried.add(pair)
      return message('subscribe', [pair])
    },
    hear(text, heard) {
      const read = readMessage(text, z.union([Message, Refusal]))
      if (!read.ok) return drift(read.issue)
      const said = read.value
      if (said === null) return refused()
      const fault = faultOf(said, heard)
      if (fault) return drift(fault)
      const order = inOrder(said)
      if (order === 'again') return []
      if (order === 'next') return follow(said, heard)
      return [...drift('messages are missing or out of order'), ...follow(said, heard)]
    },
    since(symbol) {
      const [pair] = pairsFor([symbol]).values()
      return (pair !== undefined && tapes.get(pair)?.tape.since()) || null
    },
  }
}
