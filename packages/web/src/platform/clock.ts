import { useEffect, useState } from 'react'

/** The browser's clock, epoch ms. Ages are told against the server's: see `data/now.ts`. */
export const localNow = (): number => Date.now()

/** Runs every so many ms while the page is seen, and at once when it is seen again. Returns how to stop. */
export function repeat(everyMs: number, run: () => void): () => void {
  const next = () => {
    if (document.visibilityState === 'visible') run()
  }
  const timer = setInterval(next, everyMs)
  document.addEventListener('visibilitychange', next)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', next)
  }
}

/** Runs once after so many ms. Returns how to prevent it. */
export function soon(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** Runs once before the next picture is drawn; while the page is not seen none is. */
export function nextFrame(run: () => void): void {
  requestAnimationFrame(run)
}

/** Renders anew every so many ms while the page is seen. */
export function useTick(everyMs: number): void {
  const [, setTick] = useState(0)
  useEffect(() => repeat(everyMs, () => setTick((count) => count + 1)), [everyMs])
}

/** False at first, true once so many ms have passed. */
export function useLate(ms: number): boolean {
  const [isLate, setIsLate] = useState(false)
  useEffect(() => soon(ms, () => setIsLate(true)), [ms])
  return isLate
}
