import { useEffect, useEffectEvent } from 'react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { isFailure, type Failure } from '@pumpiq/domain'
import { onHappening, type Happening } from './live.ts'

/**
 * What was asked of the server. `problem` beside `data` means: the last refresh failed, what is shown is from `at`. It is never shown as
 * fresh: pages say so.
 */
export type Asked<T> = {
  readonly data: T | null
  readonly problem: string | null
  readonly code: Failure['code'] | null
  /** When `data` came, epoch ms by this browser. */
  readonly at: number | null
  /** Asks again now. */
  readonly again: () => void
}

/** What is known when it is decided how soon to ask again; `failed`: the last time nothing was learnt. */
export type Known<T> = { readonly data: T | null; readonly failed: boolean }

type Pace<T> = number | ((known: Known<T>) => number)

type Manner = {
  /** Until the answer to a new key is there, that to the one before stays shown: for lists whose filter changes. */
  readonly keepPrevious?: boolean
  /** False: not asked yet. */
  readonly enabled?: boolean
}

const never: readonly Happening[] = []

/**
 * Asks once for each `key`, then again every so many ms while the page is seen, and when one of `upon` has happened; the pace may depend on
 * what is known. Two parts that ask the same share the answer.
 */
export function useAsked<T>(
  key: string | readonly unknown[],
  ask: (abort: AbortSignal) => Promise<T>,
  pace: Pace<T> = 3_600_000,
  upon: readonly Happening[] = never,
  { keepPrevious = false, enabled = true }: Manner = {},
): Asked<T> {
  const queryKey = typeof key === 'string' ? [key] : key
  const { data, error, dataUpdatedAt, refetch } = useQuery<T>({
    queryKey,
    queryFn: ({ signal }) => ask(signal),
    refetchInterval({ state }) {
      const failed = state.status === 'error'
      const usual = typeof pace === 'function' ? pace({ data: state.data ?? null, failed }) : pace
      return failed ? Math.min(usual, pauseAfter(state.error)) : usual
    },
    enabled,
    ...(keepPrevious && { placeholderData: keepPreviousData }),
  })
  useUpon(queryKey, upon, enabled)
  return {
    data: data ?? null,
    problem: error ? sentenceOf(error) : null,
    code: error ? codeOf(error) : null,
    at: dataUpdatedAt === 0 ? null : dataUpdatedAt,
    again: () => void refetch(),
  }
}

const pauseMs = 10_000
const passing: ReadonlySet<Failure['code']> = new Set(['tooMany', 'unavailable', 'broken'])

/** What may pass by itself is asked again soon, not when it would have been refreshed; a refusal stays one. */
function pauseAfter(thrown: unknown): number {
  if (!passing.has(codeOf(thrown))) return Infinity
  return isFailure(thrown) && thrown.retryAfterMs !== undefined ? Math.max(1_000, thrown.retryAfterMs) : pauseMs
}

/** Asks anew for what has happened; a page that is not seen asks when it is. */
function useUpon(queryKey: readonly unknown[], upon: readonly Happening[], enabled: boolean): void {
  const queries = useQueryClient()
  const news = useEffectEvent(() => void queries.invalidateQueries({ queryKey, exact: true }))
  const happenings = upon.join(' ')
  useEffect(() => {
    if (happenings === '' || !enabled) return undefined
    return onHappening(happenings.split(' ') as Happening[], () => news())
  }, [happenings, enabled])
}

const codeOf = (thrown: unknown): Failure['code'] => (isFailure(thrown) ? thrown.code : 'broken')

export const sentenceOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))
