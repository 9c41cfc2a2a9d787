import { createContext, useContext } from 'react'
import { localNow, useTick } from '../platform/clock.ts'

/** How far the server's clock is ahead of the browser's, ms: an age must not depend on whose clock is wrong. */
export const ClockOffset = createContext(0)

/** The server's now, epoch ms, renewed every so many seconds. */
export function useNow(everyMs = 5_000): number {
  useTick(everyMs)
  return localNow() + useContext(ClockOffset)
}
