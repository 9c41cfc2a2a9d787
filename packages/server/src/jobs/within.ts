import type { Clock } from '../platform/clock.ts'

/** Waits for the work, and no longer than so many ms: true when it settled. What becomes of it later is nobody's concern. */
export async function within(clock: Clock, ms: number, work: Promise<unknown>): Promise<boolean> {
  const over = new AbortController()
  try {
    return await Promise.race([
      work.then(
        () => true,
        () => true,
      ),
      clock.sleep(ms, over.signal).then(
        () => false,
        () => false,
      ),
    ])
  } finally {
    over.abort(new Error('settled'))
  }
}

/** Whether it succeeds. */
export const isDone = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  )

/** Does something in so many ms, unless it is aborted before. */
export async function after(clock: Clock, ms: number, abort: AbortSignal, act: () => void): Promise<void> {
  if (await isDone(clock.sleep(ms, abort))) act()
}
