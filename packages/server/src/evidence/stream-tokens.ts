import { seconds } from '@pumpiq/domain'
import type { Socket } from '../network/socket.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Random } from '../platform/random.ts'
import type { StreamTalk } from '../sources/source.ts'
import type { TokenLine, TokenLineNeeds } from '../tokens/token-stream.ts'
import { createLine } from './stream-line.ts'
import { createStreamRecord } from './stream-record.ts'
import type { StreamState } from './stream-vendor.ts'

type Needs = TokenLineNeeds & { socket: Socket; clock: Clock; random: Random; log: Log }

const checkEveryMs = seconds(5)
const pauseMs = seconds(0.5)

/** One line on which a source tells new tokens, held until it is closed. */
export function createTokenLine({ source, plan, tell, socket, clock, random, log }: Needs): TokenLine<StreamState> {
  const record = createStreamRecord({ source, url: plan.url, clock, log })
  let lastMessageAt: number | null = null
  let reconnects = 0
  let lostBy: string | null = null
  let connected = { is: false, since: clock.now() }

  // There is nothing to choose on it, and it need not be renewed.
  const talk = (): StreamTalk => ({
    greeting: plan.greeting,
    ask: () => null,
    leave: () => null,
    more: () => null,
    hear: () => [],
    since: () => null,
  })
  const line = createLine({
    plan: { ...plan, symbolsALine: 0, symbolsAMessage: 0, pauseMs, lifeMs: Infinity, talk },
    socket,
    clock,
    random,
    onMessage(_, text) {
      lastMessageAt = clock.now()
      lostBy = null
      for (const event of plan.hear(text, { fetchedAt: lastMessageAt })) {
        if (event.told === 'drift') record.refuse(event.issue, text)
        else tell(event)
      }
      noteConnection()
    },
    onOpen: (again) => void (again && reconnects++),
    onLoss(why) {
      // A vendor that cannot be reached for hours is told once.
      if (why !== lostBy) record.lost(why)
      lostBy = why
    },
  })

  function noteConnection(): void {
    if (line.isHeard() !== connected.is) connected = { is: !connected.is, since: clock.now() }
  }
  const timer = clock.every(checkEveryMs, () => {
    line.check()
    noteConnection()
  })

  return {
    state: () => ({
      source,
      // The one thing that it tells.
      watched: 1,
      connected: connected.is,
      since: connected.since,
      lastMessageAt,
      reconnects,
      ...record.read(),
    }),
    close() {
      timer.stop()
      line.close()
    },
  }
}
