import type { ChannelKind, NotificationChannel } from '@pumpiq/api'
import { addChannel } from './notifications.ts'

/** What this browser says to being told by push. `unkept`: the worker that would show messages is not there. */
export type PushState = 'unsupported' | 'unkept' | 'refused' | 'open'

const canPush = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

export async function pushState(): Promise<PushState> {
  if (!canPush()) return 'unsupported'
  if (Notification.permission === 'denied') return 'refused'
  return (await navigator.serviceWorker.getRegistration()) ? 'open' : 'unkept'
}

/** The key that push services know this installation by; null where the server has none. */
export const pushKeyOf = ({ publicKey }: ChannelKind): string | null => publicKey

/** Asks for leave where it is not given yet; null where it was refused. A subscription of another key is replaced. */
async function subscribed(publicKey: string): Promise<PushSubscription | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null
  const { pushManager } = await navigator.serviceWorker.ready
  const options = { userVisibleOnly: true, applicationServerKey: publicKey }
  const before = await pushManager.getSubscription()
  if (before && keyOf(before) !== publicKey) await before.unsubscribe()
  return pushManager.subscribe(options)
}

/** As the server tells it: base64url without padding. */
function keyOf({ options: { applicationServerKey: bytes } }: PushSubscription): string | null {
  if (!bytes) return null
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Lets this browser be told; null where its reader refused. What the browser says when it cannot is thrown. */
export async function addThisBrowser(publicKey: string, name: string): Promise<NotificationChannel | null> {
  const subscription = await subscribed(publicKey)
  if (!subscription) return null
  const { endpoint, expirationTime, keys } = subscription.toJSON()
  return addChannel({ kind: 'web-push', name, target: { endpoint, expirationTime, keys } })
}
