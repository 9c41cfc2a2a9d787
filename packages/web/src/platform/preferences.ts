import { useSyncExternalStore } from 'react'

/** What this browser alone keeps: how pages look to who sits here. Nothing of it is known to the server. */
export type LocalPreferences = {
  readonly theme: 'system' | 'light' | 'dark'
  /** BCP 47; null is the browser's own. */
  readonly locale: string | null
  /** IANA; null is the browser's own. */
  readonly timeZone: string | null
  /** Notices of the server that were read and put away. */
  readonly noted: readonly string[]
  /** What amounts are told in beside US dollars, at the reader's own rate; null: in dollars alone. */
  readonly currency: { readonly code: string; readonly perUsd: number } | null
}

const key = 'pumpiq:preferences'
const fallback: LocalPreferences = { theme: 'system', locale: null, timeZone: null, noted: [], currency: null }
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

const hasBrowser = typeof document !== 'undefined'

type Shown = { readonly of: LocalPreferences; readonly locale: string; readonly zone: string }
let shown: Shown | null = null

/** Worked out once for each change: tables ask it of every figure. */
function shownNow(): Shown {
  const of = localPreferences()
  if (shown?.of === of) return shown
  const { locale, timeZone } = of
  const ownZone = () => (hasBrowser ? new Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC')
  shown = {
    of,
    locale: locale !== null && isLocale(locale) ? locale : hasBrowser ? navigator.language : 'en',
    zone: timeZone !== null && isTimeZone(timeZone) ? timeZone : ownZone(),
  }
  return shown
}

/** The locale that figures are written by: the chosen one, else the browser's; where there is no browser, English. */
export const localeShown = (): string => shownNow().locale

/** The zone that instants are told in: the chosen one, else the browser's; where there is no browser, UTC. */
export const zoneShown = (): string => shownNow().zone

/** Whether it is a locale that this browser writes figures by. */
export function isLocale(name: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(name).length > 0
  } catch {
    return false
  }
}

/** Whether this browser knows such a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** `theme.js` does the same before the first paint. */
export function showTheme(): void {
  if (!hasBrowser) return
  const { theme } = localPreferences()
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

export const useLocalPreferences = (): LocalPreferences =>
  useSyncExternalStore((hear) => {
    hearers.add(hear)
    return () => hearers.delete(hear)
  }, localPreferences)
