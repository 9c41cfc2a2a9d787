import type { Scope, Told } from './scope.ts'

const fallback = { title: 'PumpIQ', body: 'Something happened to a call. Open your alerts to see what.' }
const alerts = '/alerts'

/** A text of what was sent, cut to what a notification shows. */
const textOf = (value: unknown, most: number): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.slice(0, most) : null

/** Where a click leads: a page of this app, else the alerts. A sender does not choose another site. */
export function pathOf(url: unknown, origin: string): string {
  if (typeof url !== 'string' || !URL.canParse(url, origin)) return alerts
  const { origin: there, pathname, search } = new URL(url, origin)
  return there === origin && !pathname.startsWith('/api/') ? pathname + search : alerts
}

function parsed(sent: string): Record<string, unknown> {
  try {
    const told: unknown = JSON.parse(sent)
    return typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** What is shown of a message. A browser demands that each is shown: one that cannot be read says that something happened. */
export function toldOf(sent: string | null, origin: string): Told {
  const { title, body, tag, url } = parsed(sent ?? '')
  return {
    title: textOf(title, 120) ?? fallback.title,
    body: textOf(body, 800) ?? (textOf(title, 120) === null ? fallback.body : ''),
    tag: textOf(tag, 200) ?? 'pumpiq',
    url: pathOf(url, origin),
  }
}

/** Shows a message; a repetition of one that is shown replaces it without a sound. */
export function showPush({ registration, location }: Scope, sent: string | null): Promise<void> {
  const { title, body, tag, url } = toldOf(sent, location.origin)
  return registration.showNotification(title, {
    body,
    tag,
    icon: '/icon-192.png',
    badge: '/badge-96.png',
    data: { url },
  })
}

/** Shows the call: in the window that has it open, else in a new one, so that nothing typed in another is lost. */
export async function openTold({ clients, location }: Scope, data: unknown): Promise<void> {
  const url = location.origin + pathOf((data as { url?: unknown } | null)?.url, location.origin)
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = windows.find((window) => window.url === url)
  await (there ? there.focus() : clients.openWindow(url))
}
