import { Failure } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Asks } from './asks.ts'

export type Answers = ReturnType<typeof createAnswers>

type Needs = {
  asks: Asks
  clock: Clock
  /** Between two looks at the database, ms; null where every engine is in this process and says when it is done. */
  lookEveryMs: number | null
}

type Patience = { readonly withinMs: number; readonly abort?: AbortSignal }

/** Waits for what engines answer: told at once of those in this process, of others by looking. */
export function createAnswers({ asks, clock, lookEveryMs }: Needs) {
  const bells = new Map<string, Set<Bell>>()
  const stopped = new AbortController()

  function hangUp(id: string): Bell {
    const bell = createBell()
    bells.set(id, (bells.get(id) ?? new Set()).add(bell))
    return bell
  }

  function takeDown(id: string, bell: Bell): void {
    const own = bells.get(id)
    own?.delete(bell)
    if (own?.size === 0) bells.delete(id)
  }

  async function look(id: string): Promise<string | null> {
    const ask = await asks.byId(id)
    if (!ask) throw new Failure('broken', `there is no question ${id}`)
    if (ask.state === 'failed') throw ask.failure
    return ask.state === 'done' ? ask.recommendationId : null
  }

  /** Until the bell is rung, the next look is due, or nobody waits any more. */
  async function pause(bell: Bell, leftMs: number, abort: AbortSignal): Promise<void> {
    const over = new AbortController()
    const stop = () => over.abort()
    abort.addEventListener('abort', stop, { once: true })
    const gone = new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve(), { once: true }))
    const due = lookEveryMs === null ? gone : clock.sleep(Math.min(lookEveryMs, leftMs), over.signal).catch(() => {})
    await Promise.race([bell.rung, due, gone])
    abort.removeEventListener('abort', stop)
    over.abort()
  }

  return {
    /** The recommendation's id; throws the failure of a question that failed, `unavailable` when nothing came in time. */
    async of(id: string, { withinMs, abort: gone = never }: Patience): Promise<string> {
      const end = clock.monotonic() + withinMs
      const abort = AbortSignal.any([gone, stopped.signal])
      for (let looks = 1; ; looks++) {
        // Hung up before the look, so that an end between the two is heard; a new one each time, since one that was rung rings on.
        const bell = hangUp(id)
        try {
          const found = await look(id)
          if (found !== null) return found
          abort.throwIfAborted()
          const leftMs = end - clock.monotonic()
          // Where every engine is here, one that ended without an answer was cut short: nobody else says more.
          if (leftMs <= 0 || (lookEveryMs === null && looks > 1)) throw unanswered()
          await pause(bell, leftMs, abort)
        } finally {
          takeDown(id, bell)
        }
      }
    },

    /** An engine of this process is done with a question, well or ill. */
    ended(id: string): void {
      for (const bell of bells.get(id) ?? []) bell.ring()
    },

    /** The process ends: whoever still waits is told so, unless his answer is there. */
    stop: (): void => stopped.abort(ending()),
  }
}

type Bell = { readonly rung: Promise<void>; ring(): void }

/** Rung once: who looks afterwards finds the end. */
function createBell(): Bell {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { rung: promise, ring: resolve }
}

const never = new AbortController().signal

const ending = (): Failure =>
  new Failure('unavailable', 'the server is stopping; the question is kept: ask again in a moment', {
    retryAfterMs: 5_000,
  })

const unanswered = (): Failure =>
  new Failure('unavailable', 'no engine has answered yet; the question is kept: ask again in a moment', {
    retryAfterMs: 5_000,
  })
