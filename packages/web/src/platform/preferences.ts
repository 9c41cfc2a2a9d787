import { useSyncExternalStore } from 'react'

/** What this browser alone keeps: how pages look to who sits here. Nothing of it is known to the server. */
export type LocalPreferences = {
  readonly theme: 'system' | 'light' | 'dark'
  /** BCP 47; null is the browser's own. */
  readonly locale: string | null
  /** IANA; null is the browser's own. */
  readonly timeZone: string | null
}

const key = 'pumpiq:preferences'
const fallback: LocalPreferences = { theme: 'system', locale: null, timeZone: null }
const hearers = new Set<() => void>()
let held: LocalPreferences | null = null

/** A browser may refuse storage altogether: then they last as long as the page. */
function read(): LocalPreferences {
  try {
    return { ...fallback, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<LocalPreferences>) }
  } catch {
    return fallback
  }
}

export const localPreferences = (): LocalPreferences => (held ??= read())

export function prefer(change: Partial<LocalPreferences>): void {
  held = { ...localPreferences(), ...change }
  try {
    localStorage.setItem(key, JSON.stringify(held))
  } catch {
    // As said at `read`.
  }
  showTheme()
  for (const hear of hearers) hear()
}

/** `theme.js` does the same before the first paint. */
export function showTheme(): void {
  const { theme } = localPreferences()
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

export const useLocalPreferences = (): LocalPreferences =>
  useSyncExternalStore((hear) => {
    hearers.add(hear)
    return () => hearers.delete(hear)
  }, localPreferences)
