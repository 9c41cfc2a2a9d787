import { seconds } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { dropLease, takeLease, type Lease } from '../db/lease.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Source, TokenStreamEvent, TokenStreamPlan } from '../sources/source.ts'
import type { Newcomers } from './newcomers.ts'

/** A line that is held until it is closed; `State` is how it does. */
export type TokenLine<State> = { state(): State; close(): void }
export type TokenLineNeeds = { source: string; plan: TokenStreamPlan; tell(event: TokenStreamEvent): void }

type Needs<State> = {
  db: Db
  /** Those that are switched on. */
  sources: readonly Source[]
  openLine(needs: TokenLineNeeds): TokenLine<State>
  newcomers: Newcomers
  clock: Pick<Clock, 'monotonic' | 'every'>
  log: Log
  /** A name that no other living process has. */
  holder: string
}

const everyMs = seconds(5)
/** A second line gets the address banned, so one process listens; who does not renew for so long is followed by another. */
const leaseMs = seconds(30)

/** Listens to whoever tells new tokens by himself, one line a source, in one process of the installation. */
export function createTokenStream<State>({ db, sources, openLine, newcomers, clock, log, holder }: Needs<State>) {
  let lease: Lease | null = null
  let grantedAt = -Infinity
  let asking: Promise<void> | null = null
  let lines: TokenLine<State>[] = []
  let timer: { stop(): void } | null = null

  function hangUp(): void {
    for (const line of lines) line.close()
    lines = []
  }

  function listen(): void {
    lines = sources.flatMap(({ id, streams }) =>
      streams?.tokens ? [openLine({ source: id, plan: streams.tokens, tell: newcomers.tell })] : [],
    )
  }

  async function ask(): Promise<void> {
    // What the database grants runs from when it was asked at the earliest.
    const at = clock.monotonic()
    try {
      lease = await takeLease(db, { name: 'token-stream', holder, forMs: leaseMs })
    } catch (error) {
      return log.debug('whether to listen for new tokens is not known', { error })
    }
    if (!lease) return hangUp()
    grantedAt = at
    if (lines.length === 0 && timer) listen()
  }

  /** Waits for nothing: a database that does not answer must not keep a line that is another's by now. */
  function tick(): void {
    const age = clock.monotonic() - grantedAt
    if (age + everyMs >= leaseMs) hangUp()
    if (age >= leaseMs / 3) asking ??= ask().finally(() => (asking = null))
    void newcomers.keep()
  }

  return {
    start(): void {
      if (!sources.some(({ streams }) => streams?.tokens)) return
      timer = clock.every(everyMs, tick)
    },
    /** Of every line that is held here. */
    states: (): State[] => lines.map((line) => line.state()),
    async stop(): Promise<void> {
      timer?.stop()
      timer = null
      hangUp()
      await asking
      await newcomers.keep()
      if (lease)
        await dropLease(db, lease).catch((error: unknown) => log.debug('a lease runs out by itself', { error }))
      lease = null
    },
  }
}
