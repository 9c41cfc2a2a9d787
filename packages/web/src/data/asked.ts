import { useCallback, useEffect, useState } from 'react'
import { isFailure, type Failure } from '@pumpiq/domain'
import { localNow, useTick } from '../platform/clock.ts'

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

/** Asks once for each `key`, then again every `everyMs` while the page is seen. `ask` may change freely; only the key counts. */
export function useAsked<T>(key: string, ask: (abort: AbortSignal) => Promise<T>, everyMs = 3_600_000): Asked<T> {
  const [held, setHeld] = useState<{ key: string; asked: Asked<T> }>({ key, asked: nothing })
  const tick = useTick(everyMs)
  const asking = useCallback(ask, [key])
  useEffect(() => {
    const gone = new AbortController()
    asking(gone.signal).then(
      (data) => setHeld({ key, asked: { data, problem: null, code: null, at: localNow() } }),
      (thrown: unknown) => {
        if (gone.signal.aborted) return
        const told = { problem: sentenceOf(thrown), code: isFailure(thrown) ? thrown.code : ('broken' as const) }
        setHeld((before) => ({ key, asked: { ...(before.key === key ? before.asked : nothing), ...told } }))
      },
    )
    return () => gone.abort()
  }, [asking, key, tick])
  return held.key === key ? held.asked : nothing
}

export const sentenceOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))
