// Stands alone: it may be copied into a receiver as it is.

/** Why a delivery is not to be acted on. `repeated`: it is genuine and was taken before; answer 2xx and do nothing. */
export type WebhookFault = 'unsigned' | 'old' | 'forged' | 'repeated'

export type WebhookChecked =
  | { readonly ok: true; readonly id: string; readonly body: string }
  | { readonly ok: false; readonly fault: WebhookFault }

export type WebhookCheck = {
  /** As it came, byte for byte: JSON that was read and written again is other bytes. */
  readonly body: string | Uint8Array
  /** The value of a header by its lower-case name. */
  header(name: string): string | null | undefined
  /** `whsec_...`; a delivery that one of them signed is genuine. */
  readonly secrets: readonly string[]
  /** Epoch ms. */
  readonly now: number
  /** How far the delivery's time may be from ours, both ways; ms. */
  readonly toleranceMs?: number
  /**
   * Remembers an id until `untilAt` (epoch ms) and tells whether it was known already, in one step. Asked for genuine deliveries only.
   * Without it a delivery that somebody recorded can be played again within the tolerance, and our own repetitions count twice.
   */
  readonly seen?: (id: string, untilAt: number) => boolean | Promise<boolean>
}

/** A delivery whose fate we do not know is repeated for hours, each time with a fresh time and the same id. */
const keptMs = 86_400_000

const fault = (name: WebhookFault): WebhookChecked => ({ ok: false, fault: name })

/** Whether a delivery of ours is genuine, fresh and new (Standard Webhooks, HMAC-SHA-256). Throws only for secrets that are none. */
export async function checkWebhook(check: WebhookCheck): Promise<WebhookChecked> {
  const { header, secrets, now, toleranceMs = 300_000, seen } = check
  const [id, time, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => header(name))
  if (!id || !time || !signatures || !/^\d{1,12}$/.test(time)) return fault('unsigned')
  const sentAt = Number(time) * 1_000
  if (Math.abs(now - sentAt) > toleranceMs) return fault('old')
  const body = typeof check.body === 'string' ? new TextEncoder().encode(check.body) : check.body
  const signed = joined(new TextEncoder().encode(`${id}.${time}.`), body)
  const given = signatures.split(' ').flatMap((text) => (text.startsWith('v1,') ? [bytesOf(text.slice(3))] : []))
  if (!(await anyFits(secrets, given, signed))) return fault('forged')
  if (await seen?.(id, sentAt + keptMs)) return fault('repeated')
  return { ok: true, id, body: new TextDecoder().decode(body) }
}

/** `verify` of WebCrypto compares in constant time. */
async function anyFits(secrets: readonly string[], given: readonly (Bytes | null)[], signed: Bytes): Promise<boolean> {
  for (const secret of secrets) {
    const key = secret.startsWith('whsec_') ? bytesOf(secret.slice('whsec_'.length)) : null
    if (!key || key.length < 24) throw new TypeError('a webhook secret is whsec_ and at least 24 bytes as base64')
    const mac = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
    for (const signature of given)
      if (signature && (await crypto.subtle.verify('HMAC', mac, signature, signed))) return true
  }
  return false
}

type Bytes = Uint8Array<ArrayBuffer>

function bytesOf(base64: string): Bytes | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}

function joined(first: Uint8Array, second: Uint8Array): Bytes {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
