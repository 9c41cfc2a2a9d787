import { seconds } from '@pumpiq/domain'
import { StreamCommand, streamCloses, type StreamEvent } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import { changed, type Wanted } from './wanted.ts'

/** Bytes of a command: fifty tokens in full. */
export const longestCommand = 16 * 1024
const mostCommands = 20
const perMs = seconds(10)

const form = `a command is {"subscribe": {...}} or {"unsubscribe": {...}} with "channels" (recommendations, outcomes, prices, sources) and "tokens" (chain:address; null for all)`

type Seat = {
  wanted(): Wanted
  want(next: Wanted): void
  say(event: StreamEvent): void
  end(code: number, why: string): void
}

/** What a listener says over the socket; whoever says too much is sent away. */
export function createCommands(seat: Seat, clock: Pick<Clock, 'monotonic'>) {
  let since = -Infinity
  let count = 0
  return function hear(text: string): void {
    const now = clock.monotonic()
    if (now - since > perMs) {
      since = now
      count = 0
    }
    if (++count > mostCommands)
      return seat.end(streamCloses.misused, `more than ${mostCommands} commands in ${perMs / 1_000} s`)
    const command = commandOf(text)
    if (command === null) return seat.say({ event: 'refused', why: form })
    const next = changed(seat.wanted(), command)
    if (typeof next === 'string') return seat.say({ event: 'refused', why: next })
    seat.want(next)
  }
}

function commandOf(text: string): StreamCommand | null {
  try {
    return StreamCommand.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
