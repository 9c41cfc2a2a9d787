import { minutes, seconds, type Bar } from '@pumpiq/domain'
import type { Socket } from '../network/socket.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Random } from '../platform/random.ts'
import type { StreamEvent, StreamPlan } from '../sources/source.ts'
import { createLine, type Line } from './stream-line.ts'
import { createStreamRecord } from './stream-record.ts'

/** How the stream of one source does. Instants are epoch ms, ours. */
export type StreamState = {
  readonly source: string
  /** Symbols that are wanted of it. */
  readonly watched: number
  /** Whether every line it needs stands and is heard; false also when nothing is wanted of it. */
  readonly connected: boolean
  /** Since when `connected` is what it is. */
  readonly since: number
  readonly lastMessageAt: number | null
  /** Lines that were opened anew because one was lost. */
  readonly reconnects: number
  /** Messages that could not be true. */
  readonly drift: number
  /** The source's clock against ours, ms: above 0 when it is ahead; null before it told. */
  readonly skewMs: number | null
  /** The clocks differ by more than 5 s. */
  readonly skewed: boolean
  /** The last thing that went wrong, in words of ours. */
  readonly problem: string | null
}

type Needs = {
  source: string
  plan: StreamPlan
  socket: Socket
  clock: Clock
  random: Random
  log: Log
  /** A closed minute of a symbol that is wanted; not before our own clock has passed its end. */
  tell(symbol: string, bar: Bar): void
}

export type VendorStream = ReturnType<typeof createVendorStream>

const checkEveryMs = seconds(5)
/** An old line is kept beside the one that follows it for so long: the new one must have seen a minute from its beginning. */
const overlapMs = seconds(130)
/** A line that is told to go sooner is one that the vendor does not want. */
const goodbyeAtLeastMs = minutes(1)

/** All lines to one vendor: as many as its limits ask for, each renewed before its time. */
export function createVendorStream({ source, plan, socket, clock, random, log, tell }: Needs) {
  const record = createStreamRecord({ source, url: plan.url, clock, log })
  const lines = new Set<Line>()
  const leaving = new Map<Line, Line>() // by the old line the one that follows it
  const held = new Map<string, Bar>()
  const stop = new AbortController()
  let wanted: ReadonlySet<string> = new Set()
  let timer: { stop(): void } | null = null
  let lastMessageAt: number | null = null
  let reconnects = 0
  let connected = { is: false, since: clock.now() }

  /** While a new line is not heard yet, the one it follows is. */
  const isServed = (line: Line) => line.isHeard() || [...leaving].some(([old, next]) => next === line && old.isHeard())
  const isConnected = () => lines.size > 0 && [...lines].every(isServed)
  function noteConnection(): void {
    if (isConnected() !== connected.is) connected = { is: !connected.is, since: clock.now() }
  }

  function candle(symbol: string, bar: Bar): void {
    if (!wanted.has(symbol)) return
    const waitMs = bar.openAt + minutes(1) - clock.now()
    if (waitMs <= 0) return tell(symbol, bar)
    // By our clock it is not over yet, though soon. One that is told again in the meantime takes its place.
    const key = `${symbol} ${bar.openAt}`
    if (held.has(key)) return void held.set(key, bar)
    held.set(key, bar)
    void hold(key, symbol, waitMs)
  }
  async function hold(key: string, symbol: string, waitMs: number): Promise<void> {
    const isOver = await clock.sleep(waitMs, stop.signal).then(
      () => true,
      () => false,
    )
    const bar = held.get(key)!
    held.delete(key)
    // A timer may be early by a moment.
    if (isOver) candle(symbol, bar)
  }

  function follow(line: Line, event: StreamEvent, text: string): void {
    switch (event.told) {
      case 'candle':
        return candle(event.symbol, event.bar)
      case 'time':
        return record.time(event.at)
      case 'goodbye':
        return line.ageMs() >= goodbyeAtLeastMs ? renew(line) : undefined
      case 'drift':
        record.refuse(event.issue, text)
        return line.answer()
    }
  }

  function openLine(symbols: ReadonlySet<string>): Line {
    const line = createLine({
      plan,
      socket,
      clock,
      random,
      onMessage(talk, text) {
        lastMessageAt = clock.now()
        for (const event of talk.hear(text, { fetchedAt: lastMessageAt })) follow(line, event, text)
        noteConnection()
      },
      onOpen(again) {
        if (again) reconnects++
        noteConnection()
      },
      onLoss(why) {
        record.lost(why)
        noteConnection()
      },
    })
    line.want(symbols)
    lines.add(line)
    return line
  }

  /** A new line beside the old one, which goes when the new one has seen enough. */
  function renew(line: Line): void {
    if (!lines.delete(line)) return
    line.retire()
    leaving.set(line, openLine(line.symbols()))
    noteConnection()
  }

  function check(): void {
    for (const line of lines) {
      line.check()
      if (line.ageMs() >= plan.lifeMs) renew(line)
    }
    for (const [old, next] of leaving) {
      old.check()
      if (next.isHeard() && next.ageMs() >= overlapMs) old.close()
      if (old.isOver()) leaving.delete(old)
    }
    noteConnection()
  }

  /** Nothing is wanted: nothing is to be watched over either. */
  function rest(): void {
    timer?.stop()
    timer = null
    for (const line of leaving.keys()) line.close()
    leaving.clear()
  }

  function closeLine(line: Line): void {
    line.close()
    lines.delete(line)
  }

  return {
    /** All symbols wanted from now on. */
    want(symbols: ReadonlySet<string>): void {
      if (stop.signal.aborted) return
      wanted = symbols
      const placed = new Set<string>()
      for (const line of lines) {
        const kept = new Set([...line.symbols()].filter((symbol) => symbols.has(symbol)))
        for (const symbol of kept) placed.add(symbol)
        if (kept.size < line.symbols().size) line.want(kept)
      }
      let missing = [...symbols].filter((symbol) => !placed.has(symbol))
      for (const line of lines) {
        const room = plan.symbolsALine - line.symbols().size
        if (room <= 0 || missing.length === 0) continue
        line.want(new Set([...line.symbols(), ...missing.slice(0, room)]))
        missing = missing.slice(room)
      }
      for (; missing.length > 0; missing = missing.slice(plan.symbolsALine)) {
        openLine(new Set(missing.slice(0, plan.symbolsALine)))
      }
      for (const line of lines) if (line.symbols().size === 0) closeLine(line)
      if (lines.size === 0) rest()
      else timer ??= clock.every(checkEveryMs, check)
      noteConnection()
    },
    /** The open, epoch ms, of the first minute from which on every traded one is told; null while the symbol is not. */
    liveSince(symbol: string): number | null {
      if (!wanted.has(symbol)) return null
      const starts = [...lines, ...leaving.keys()].flatMap((line) => line.since(symbol) ?? [])
      return starts.length === 0 ? null : Math.min(...starts)
    },
    state: (): StreamState => ({
      source,
      watched: wanted.size,
      connected: connected.is,
      since: connected.since,
      lastMessageAt,
      reconnects,
      ...record.read(),
    }),
    quarantine: record.quarantine,
    close(): void {
      stop.abort(new Error('the stream is closed'))
      wanted = new Set()
      for (const line of lines) closeLine(line)
      rest()
      noteConnection()
    },
  }
}
