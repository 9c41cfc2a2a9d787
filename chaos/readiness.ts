import { setTimeout as sleep } from 'node:timers/promises'

/** One answer to `/api/v1/ready`; instants by the monotonic clock, ms. `status` 0: none came. */
export type Asked = { readonly from: number; readonly to: number; readonly status: number; readonly url: string }

/** Asks processes again and again whether they are ready, until it is stopped. */
export function watchReadiness(urls: readonly string[], everyMs = 200) {
  const asked: Asked[] = []
  const ending = new AbortController()

  async function watch(url: string): Promise<void> {
    while (!ending.signal.aborted) {
      const from = performance.now()
      const status = await fetch(`${url}/api/v1/ready`, { signal: AbortSignal.timeout(10_000) }).then(
        async (reply) => {
          await reply.body?.cancel()
          return reply.status
        },
        () => 0,
      )
      asked.push({ from, to: performance.now(), status, url })
      await sleep(everyMs)
    }
  }
  const watching = urls.map(watch)

  return {
    asked: (): readonly Asked[] => asked,
    /** What was asked and answered between two instants. */
    between: (from: number, to: number): readonly Asked[] => asked.filter((one) => one.from >= from && one.to <= to),
    /** Ms until each has answered 200 to what it was asked since an instant. */
    async allReadySince(since: number, withinMs: number): Promise<number> {
      for (;;) {
        const ready = urls.map((url) => asked.find((one) => one.url === url && one.from >= since && one.status === 200))
        if (ready.every((one) => one !== undefined)) return Math.max(...ready.map((one) => one.to)) - since
        if (performance.now() - since > withinMs)
          throw new Error(
            `not ready again within ${withinMs} ms: ${asked
              .slice(-6)
              .map(({ url, status, from, to }) => `${url} ${status} in ${Math.round(to - from)} ms`)
              .join(', ')}`,
          )
        await sleep(50)
      }
    },
    async stop(): Promise<void> {
      ending.abort()
      await Promise.all(watching)
    },
  }
}
