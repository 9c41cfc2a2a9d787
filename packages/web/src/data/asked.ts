import { useEffect, useEffectEvent, useState } from 'react'
import { isFailure, type Failure } from '@pumpiq/domain'
import { localNow, repeat } from '../platform/clock.ts'
import { onHappening, type Happening } from './live.ts'

/**
 * What was asked of the server. `problem` beside `data` means: the last refresh failed, what is shown is from `at`. It is never shown as
 * fresh: pages say so.
 */
export type Asked<T> = {
  readonly data: T | null
  readonly problem: string | null
  readonly code: Failure['code'] | null
  readonly at: number | null
}

const nothing = { data: null, problem: null, code: null, at: null }

type Pace<T> = number | ((asked: Asked<T>) => number)

const never: readonly Happening[] = []

/**
 * Asks once for each `key`, then again every so many ms while the page is seen, and when one of `upon` has happened; the pace may depend on
 * what is known. Of an answer that comes after its key has gone nothing is kept.
 */
export function useAsked<T>(
  key: string,
  ask: (abort: AbortSignal) => Promise<T>,
  pace: Pace<T> = 3_600_000,
  upon: readonly Happening[] = never,
): Asked<T> {
  const [held, setHeld] = useState<{ key: string; asked: Asked<T> }>({ key, asked: nothing })
  const asked = held.key === key ? held.asked : nothing
  const everyMs = typeof pace === 'function' ? pace(asked) : pace
  const asking = useEffectEvent(ask)
  const happenings = upon.join(' ')
  useEffect(() => {
    const gone = new AbortController()
    let busy = false
    let hasNews = false
    const refresh = async () => {
      if (busy) return
      busy = true
      try {
        const data = await asking(gone.signal)
        setHeld({ key, asked: { data, problem: null, code: null, at: localNow() } })
      } catch (thrown) {
        if (gone.signal.aborted) return
        const told = { problem: sentenceOf(thrown), code: isFailure(thrown) ? thrown.code : ('broken' as const) }
        setHeld((before) => ({ key, asked: { ...(before.key === key ? before.asked : nothing), ...told } }))
      } finally {
        busy = false
        // What happened while it was asked may not be in the answer.
        if (hasNews && !gone.signal.aborted) news()
      }
    }
    const news = () => {
      hasNews = busy
      // A page that is not seen asks anew when it is.
      if (document.visibilityState === 'visible') void refresh()
    }
    void refresh()
    const stop = repeat(everyMs, () => void refresh())
    const deaf = happenings === '' ? null : onHappening(happenings.split(' ') as Happening[], news)
    return () => {
      stop()
      deaf?.()
      gone.abort()
    }
  }, [key, everyMs, happenings])
  return asked
}

export const sentenceOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))
