import { useEffect, useState } from 'react'

/** The browser's clock, epoch ms. Ages are told against the server's: see `data/now.ts`. */
export const localNow = (): number => Date.now()

/** Counts up every so many ms while the page is seen, and at once when it is seen again. */
export function useTick(everyMs: number): number {
  const [tick, setTick] = useState(0)
  useEffect(() => {
    const next = () => {
      if (document.visibilityState === 'visible') setTick((count) => count + 1)
    }
    const timer = setInterval(next, everyMs)
    document.addEventListener('visibilitychange', next)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', next)
    }
  }, [everyMs])
  return tick
}
