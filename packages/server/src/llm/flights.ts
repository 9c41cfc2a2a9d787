import type { Clock } from '../platform/clock.ts'

type Flight<R> = { readonly landed: Promise<R>; readonly stop: AbortController; waiting: number }

/** What somebody got who waited: whether the work was begun by somebody else. */
export type Landed<R> = { readonly result: R; readonly joined: boolean }

/**
 * Work that several want at once is done once. Each waits for as long as he likes; the work is stopped when nobody waits any more.
 * `late` is what one gets who has no more time.
 */
export function createFlights<R>({ guard }: { guard: Clock }) {
  const flights = new Map<string, Flight<R>>()
  const landing = new Set<Promise<unknown>>()

  function open(key: string, work: (stop: AbortSignal) => Promise<R>): Flight<R> {
    const stop = new AbortController()
    const landed = work(stop.signal)
    const flight = { landed, stop, waiting: 0 }
    flights.set(key, flight)
    const settled = landed
      .catch(() => {})
      .finally(() => {
        landing.delete(settled)
        if (flights.get(key) === flight) flights.delete(key)
      })
    landing.add(settled)
    return flight
  }

  function leave(key: string, flight: Flight<R>): void {
    flight.waiting -= 1
    if (flight.waiting > 0) return
    if (flights.get(key) === flight) flights.delete(key)
    flight.stop.abort(new DOMException('nobody waits for it any more', 'AbortError'))
  }

  return {
    async join(
      key: string,
      work: (stop: AbortSignal) => Promise<R>,
      wait: { deadline: number; late: R; abort: AbortSignal | undefined },
    ): Promise<Landed<R>> {
      const found = flights.get(key)
      const flight = found ?? open(key, work)
      flight.waiting += 1
      try {
        const result = await patient(flight.landed, wait)
        return { result, joined: found !== undefined }
      } finally {
        leave(key, flight)
      }
    },
    /** Stops all work and waits until it has come to its end. */
    async close(): Promise<void> {
      for (const { stop } of flights.values()) stop.abort(new DOMException('the process ends', 'AbortError'))
      await Promise.all(landing)
    },
  }

  async function patient(landed: Promise<R>, wait: { deadline: number; late: R; abort: AbortSignal | undefined }) {
    const done = new AbortController()
    const abort = wait.abort ? AbortSignal.any([wait.abort, done.signal]) : done.signal
    const ms = Math.max(0, wait.deadline - guard.monotonic())
    const late = guard.sleep(ms, abort).then(
      () => wait.late,
      (reason: unknown) => {
        if (wait.abort?.aborted) throw reason
        return wait.late
      },
    )
    try {
      return await Promise.race([landed, late])
    } finally {
      done.abort()
      late.catch(() => {})
    }
  }
}
