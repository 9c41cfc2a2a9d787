import type { NotificationPreferences } from '@pumpiq/api'
import { hours, minutes, type Recommendation } from '@pumpiq/domain'
import type { NoticeKind } from './notice.ts'
import type { Happening } from './outbox.ts'
import { nextDaily, nextHour, quietEnd } from './quiet.ts'

/** As far as preferences ask about it. */
export type Call = Pick<Recommendation, 'token' | 'confidence' | 'actionable'>

/** Whether a user wants to hear of it at all; `call` is null for what happens to no call. */
export function isWanted(
  wish: NotificationPreferences,
  { kind, house }: Pick<Happening, 'kind' | 'house'>,
  call: Call | null,
): boolean {
  if (kind !== 'test' && !wish.kinds.includes(kind)) return false
  if (call === null) return true
  if (!house && !wish.own) return false
  if (house && (wish.house === 'none' || (wish.house === 'watched' && !wish.watched.includes(call.token)))) return false
  if (wish.actionableOnly && !call.actionable.yes) return false
  return wish.minConfidence === 0 || (call.confidence?.value ?? 0) >= wish.minConfidence
}

/** When a notice leaves: alone under its own id, or with the others of a window under the window's end. Epoch ms. */
export type Leaving = {
  readonly key: string
  readonly digest: boolean
  readonly dueAt: number
  readonly expiresAt: number
}

type Going = { readonly id: string; readonly kind: NoticeKind; readonly expiresAt: number }

const urgentKinds: ReadonlySet<NoticeKind> = new Set(['stop', 'invalidated'])

/** Null when nothing is delivered outward. What waits through quiet hours leaves at their end, if it is not old by then. */
export function leaving(wish: NotificationPreferences, { id, kind, expiresAt }: Going, now: number): Leaving | null {
  if (wish.digest === 'off') return null
  if (wish.urgentAtOnce && urgentKinds.has(kind)) return { key: id, digest: false, dueAt: now, expiresAt }
  const calm = (at: number) => (wish.quietHours === null ? at : quietEnd(at, wish.quietHours, wish.timeZone))
  if (wish.digest === 'realtime') return { key: id, digest: false, dueAt: calm(now), expiresAt }
  return digestAt(calm(wish.digest === 'hourly' ? nextHour(now) : nextDaily(now, wish.dailyHour, wish.timeZone)))
}

const digestAt = (dueAt: number): Leaving => ({
  key: `digest ${new Date(dueAt).toISOString()}`,
  digest: true,
  dueAt,
  expiresAt: dueAt + digestLifeMs,
})

/** A digest is a report: it may come late, but not into the next day. */
const digestLifeMs = hours(6)

/**
 * How long a notice is worth delivering, from when it happened. Whoever could still act on it is told within the hour or not at all; how
 * a call ended matters for a day.
 */
const lifeMs: Record<NoticeKind, number> = {
  issued: hours(1),
  'thesis-changed': hours(1),
  entry: hours(1),
  target1: hours(24),
  target2: hours(24),
  target3: hours(24),
  stop: hours(24),
  expiry: hours(24),
  invalidated: hours(24),
  corrected: hours(24),
  'source-down': hours(1),
  test: minutes(2),
}

const toEnter: ReadonlySet<NoticeKind> = new Set(['issued', 'thesis-changed'])

/** After this it is old news. A call to enter is none behind its entry's end. */
export function oldAt(kind: NoticeKind, at: number, call: Pick<Recommendation, 'validUntil' | 'entry'> | null): number {
  const old = at + lifeMs[kind]
  return call?.entry && toEnter.has(kind) ? Math.min(old, Date.parse(call.validUntil)) : old
}
