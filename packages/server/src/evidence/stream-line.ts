import { isFailure, minutes, seconds } from '@pumpiq/domain'
import type { Connection, Socket } from '../network/socket.ts'
import type { Clock } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'
import type { StreamPlan, StreamTalk } from '../sources/source.ts'

type Needs = {
  plan: StreamPlan
  socket: Socket
  clock: Clock
  random: Random
  /** A message of the line that stands. */
  onMessage(talk: StreamTalk, text: string): void
  /** The line stands; `again` when it was lost before. */
  onOpen(again: boolean): void
  /** The line was lost, or did not come to stand: a sentence of ours. */
  onLoss(why: string): void
}

export type Line = ReturnType<typeof createLine>

type Standing = {
  talk: StreamTalk
  connection: Connection
  /** What was said so far: the greeting, and which symbols were asked for. */
  greeted: number
  asked: Set<string>
  cut: AbortController
  openedAt: number
  heardAt: number
  spoken: boolean
}

/** A line that lived so long was a good one: the next try does not wait for longer than the first did. */
const steadyMs = minutes(1)
const firstPauseMs = seconds(1)
const longestPauseMs = minutes(1)

/**
 * One line to a vendor for as long as it is wanted: opened, told what for, opened anew after a pause that grows with every failure when it
 * is lost. Lengths are measured by the monotonic clock.
 */
export function createLine({ plan, socket, clock, random, onMessage, onOpen, onLoss }: Needs) {
  const stop = new AbortController()
  let wanted: ReadonlySet<string> = new Set()
  let standing: Standing | null = null
  let opening: { cut: AbortController; since: number } | null = null
  let opened = 0
  let lastWord = true // whether a lost line is opened anew
  let speaking = false

  const isNow = (line: Standing) => standing === line

  /** What is to be said next, or null when the vendor knows all that is wanted. */
  function nextMessage(line: Standing): string | null {
    const { talk, asked } = line
    if (line.greeted < talk.greeting.length) return talk.greeting[line.greeted++]!
    for (;;) {
      const left = first(asked, (symbol) => !wanted.has(symbol))
      const next = left.length > 0 ? left : first(wanted, (symbol) => !asked.has(symbol))
      if (next.length === 0) return talk.more()
      for (const symbol of next)
        if (left.length > 0) asked.delete(symbol)
        else asked.add(symbol)
      const text = left.length > 0 ? talk.leave(next) : talk.ask(next)
      if (text !== null) return text
    }
  }
  function first(symbols: ReadonlySet<string>, isOne: (symbol: string) => boolean): string[] {
    const found: string[] = []
    for (const symbol of symbols) {
      if (found.length === plan.symbolsAMessage) break
      if (isOne(symbol)) found.push(symbol)
    }
    return found
  }

  /** Says what is to be said, at the vendor's pace. */
  async function speak(): Promise<void> {
    if (speaking) return
    speaking = true
    for (let line = standing; line && isNow(line);) {
      const text = nextMessage(line)
      if (text === null) break
      line.connection.send(text)
      await clock.sleep(plan.pauseMs, line.cut.signal).catch(() => {})
      line = standing
    }
    speaking = false
  }

  /** One line from opening to end: how long it stood, and how long the vendor wants us to stay away. Never rejects. */
  async function live(): Promise<{ stoodMs: number; waitMs: number }> {
    const cut = new AbortController()
    const end = () => cut.abort(new Error('the line is not wanted any more'))
    stop.signal.addEventListener('abort', end, { once: true })
    const ended = Promise.withResolvers<string>()
    const talk = plan.talk()
    let line: Standing | null = null
    opening = { cut, since: clock.monotonic() }
    try {
      const connection = await socket(plan.url, {
        abort: cut.signal,
        onClose: ended.resolve,
        onMessage(text) {
          if (!line || !isNow(line)) return
          line.heardAt = clock.monotonic()
          line.spoken = true
          onMessage(talk, text)
        },
      })
      const at = clock.monotonic()
      line = { talk, connection, greeted: 0, asked: new Set(), cut, openedAt: at, heardAt: at, spoken: false }
      standing = line
      opening = null
      onOpen(opened++ > 0)
      void speak()
      const why = await ended.promise
      if (!stop.signal.aborted) onLoss(why)
      return { stoodMs: clock.monotonic() - at, waitMs: 0 }
    } catch (thrown) {
      if (stop.signal.aborted) return { stoodMs: 0, waitMs: 0 }
      onLoss(isFailure(thrown) ? thrown.message : 'the line did not come to stand')
      const tooMany = isFailure(thrown) && thrown.code === 'tooMany'
      return { stoodMs: 0, waitMs: tooMany ? Math.max(longestPauseMs, thrown.retryAfterMs ?? 0) : 0 }
    } finally {
      standing = null
      opening = null
      stop.signal.removeEventListener('abort', end)
      end()
    }
  }

  async function run(): Promise<void> {
    let failures = 0
    while (!stop.signal.aborted) {
      const { stoodMs, waitMs } = await live()
      if (!lastWord) return
      failures = stoodMs >= steadyMs ? 1 : failures + 1
      const growing = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1))
      await clock.sleep(waitMs + growing * (0.5 + random() / 2), stop.signal).catch(() => {})
    }
  }
  void run()

  return {
    /** All symbols that this line is for, from now on. */
    want(symbols: ReadonlySet<string>): void {
      wanted = symbols
      void speak()
    },
    symbols: (): ReadonlySet<string> => wanted,
    /** Whether the line stands and the vendor has said something on it. */
    isHeard: (): boolean => standing?.spoken ?? false,
    /** How long the line stands, ms; 0 while it does not. */
    ageMs: (): number => (standing ? clock.monotonic() - standing.openedAt : 0),
    since: (symbol: string): number | null => standing?.talk.since(symbol) ?? null,
    /** What was heard may have to be answered. */
    answer: (): void => void speak(),
    /** Ends a line that says nothing any more, or never came to stand: it is opened anew. */
    check(): void {
      const now = clock.monotonic()
      const silent = standing
        ? now - standing.heardAt > plan.silenceMs
        : opening !== null && now - opening.since > plan.silenceMs
      if (silent) (standing ?? opening)!.cut.abort(new Error('the line says nothing'))
    },
    /** From now on the line ends when it is lost. */
    retire: (): void => void (lastWord = false),
    isOver: (): boolean => stop.signal.aborted || (!lastWord && standing === null),
    close(): void {
      stop.abort(new Error('the line is not wanted any more'))
    },
  }
}
