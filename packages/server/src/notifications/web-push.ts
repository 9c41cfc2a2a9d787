import library from 'web-push'
import { z } from 'zod'
import { sha256Hex } from '../platform/hash.ts'
import type { Vapid } from '../platform/vapid.ts'
import { answerOf, ofStatus } from './answer.ts'
import type { Channel } from './channel.ts'
import type { Notice } from './notice.ts'
import { compose, cut, headline, type Style } from './render.ts'

/** The push services of the browsers. A subscription comes from a page, so that anything else would be an address of somebody's choice. */
const services =
  /^https:\/\/(fcm\.googleapis\.com|([\w-]+\.)*push\.services\.mozilla\.com|([\w-]+\.)+notify\.windows\.com|([\w-]+\.)*push\.apple\.com)\/\S{1,1500}$/

const Target = z.strictObject({
  endpoint: z
    .string()
    .regex(services, 'an endpoint is of a known push service, such as https://fcm.googleapis.com/...'),
  expirationTime: z.number().nullable().optional(),
  keys: z.strictObject({
    /** An uncompressed point of P-256, 65 bytes. */
    p256dh: z.string().regex(/^B[\w-]{86}=?$/, 'p256dh is 65 bytes as base64url'),
    auth: z.string().regex(/^[\w-]{22}(==)?$/, 'auth is 16 bytes as base64url'),
  }),
})
type Target = z.output<typeof Target>

/** Together with title and link below what a service takes, 4,096 bytes encrypted; a character may have four. */
const text: Style = { escape: (character) => character, title: (title) => title, link: () => '', limit: 600 }
const longestTtlS = 28 * 86_400
const pressing = new Set<Notice['kind']>(['stop', 'invalidated', 'entry', 'target1', 'target2', 'target3'])

/** What the service worker shows. Notifications of one `tag` replace each other, so that a repetition is seen once. */
function payloadOf(notices: readonly Notice[], key: string): string {
  const single = notices.length === 1 ? notices[0] : undefined
  const body = single
    ? cut(compose([{ ...single, title: '', simulated: false }], text).trim(), text.limit)
    : compose(notices, text)
  return JSON.stringify({ title: cut(headline(notices), 100), body, tag: key, url: single?.link ?? null })
}

function encrypted({ endpoint, keys }: Target, notices: readonly Notice[], key: string, vapid: Vapid, now: number) {
  const leftMs = Math.max(...notices.map(({ expiresAt }) => Date.parse(expiresAt))) - now
  return library.generateRequestDetails({ endpoint, keys }, payloadOf(notices, key), {
    vapidDetails: { subject: vapid.subject, publicKey: vapid.publicKey, privateKey: vapid.privateKey.reveal() },
    TTL: Math.min(longestTtlS, Math.max(0, Math.floor(leftMs / 1_000))),
    urgency: notices.some(({ kind }) => pressing.has(kind)) ? 'high' : 'normal',
    // A service that still holds the first one replaces it.
    topic: sha256Hex(key).slice(0, 32),
  })
}

/** Knows a repetition: by its topic while a service keeps it, by its tag when it is shown. */
export const webPush: Channel<Target> = {
  id: 'web-push',
  docs: 'https://www.rfc-editor.org/rfc/rfc8030',
  target: Target,
  knowsRepetition: true,
  show: ({ endpoint }) => `a browser, by ${new URL(endpoint).host}`,
  async send({ target, notices, key, outlet, abort }) {
    const { vapid } = outlet
    if (!vapid)
      return {
        ended: 'refused',
        why: 'this installation sends no Web Push: PUBLIC_URL is not set to an https:// address',
      }
    let request: library.RequestDetails
    try {
      request = encrypted(target, notices, key, vapid, outlet.now())
    } catch {
      return { ended: 'refused', why: 'the keys of this subscription are none that can be encrypted for' }
    }
    return answerOf(async () => {
      // Not all are the texts that their type says: TTL is a number. The length is counted on the way out.
      const made: Readonly<Record<string, unknown>> = request.headers
      const headers = Object.entries(made).filter(([name]) => name.toLowerCase() !== 'content-length')
      const texts = Object.fromEntries(headers.map(([name, value]) => [name, String(value)]))
      const posted = await outlet.post(request.endpoint, request.body as Uint8Array, texts, abort)
      const who = new URL(target.endpoint).host
      return ofStatus(posted, { who, now: outlet.now(), gone: [404, 410], knowsRepetition: true })
    })
  },
}
