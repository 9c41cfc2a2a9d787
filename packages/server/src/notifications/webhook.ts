import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { checkPostUrl } from '../network/post-url.ts'
import { answerOf, ofStatus } from './answer.ts'
import type { Channel } from './channel.ts'
import type { Notice } from './notice.ts'
import { cut, plain, plainLine } from './render.ts'

const secret = /^whsec_(?:[A-Za-z0-9+/]{4}){8,21}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const Secret = z
  .string()
  .regex(secret, 'a secret is whsec_ and 24 to 64 random bytes as base64')
  .refine((text) => {
    const { length } = Buffer.from(text.slice('whsec_'.length), 'base64')
    return length >= 24 && length <= 64
  }, 'a secret is whsec_ and 24 to 64 random bytes as base64')

const Target = z.strictObject({
  url: z
    .string()
    .superRefine((url, context) => {
      try {
        checkPostUrl(url)
      } catch (thrown) {
        context.addIssue({ code: 'custom', message: (thrown as Error).message })
      }
    })
    .meta({ writeOnly: true, description: 'https://example.com/hook' }),
  /** The newest first; while a receiver changes from one to the next, messages bear a signature by each. */
  secrets: z.array(Secret).min(1).max(2).meta({ writeOnly: true, description: 'whsec_... to sign with' }),
})
type Target = z.output<typeof Target>

const largestBytes = 19_500
const size = (text: string) => new TextEncoder().encode(text).byteLength

const typeOf = (notices: readonly Notice[]): string => {
  const [first] = notices
  if (!first || notices.length > 1) return 'digest'
  if (first.kind === 'test') return 'test'
  return first.kind === 'source-down' ? 'source.down' : `recommendation.${first.kind}`
}

/** The same bytes in every repetition. Texts are cut where the whole would be over the limit, and notices that still do not fit are counted. */
function payloadOf(notices: readonly Notice[]): string {
  const timestamp = notices
    .map(({ at }) => at)
    .toSorted()
    .at(-1)
  const cleaned = notices.map((notice) => ({
    ...notice,
    title: cut(plainLine(notice.title), 200),
    text: plain(notice.text),
  }))
  const whole = (kept: readonly Notice[]) =>
    JSON.stringify({ type: typeOf(notices), timestamp, data: { notices: kept, omitted: notices.length - kept.length } })
  const shortened = (textLimit: number) => cleaned.map((notice) => ({ ...notice, text: cut(notice.text, textLimit) }))
  for (const textLimit of [3_000, 600]) {
    const body = whole(shortened(textLimit))
    if (size(body) <= largestBytes) return body
  }
  return whole(firstOf(shortened(200), largestBytes - size(whole([]))))
}

/** As many as have room in so many bytes of JSON, one at least. */
function firstOf(notices: readonly Notice[], bytes: number): readonly Notice[] {
  let room = bytes
  const none = notices.findIndex((notice) => (room -= size(JSON.stringify(notice)) + 1) < 0)
  return notices.slice(0, none < 0 ? notices.length : Math.max(1, none))
}

/** Standard Webhooks: receivers know a repetition by its webhook-id. */
export const webhook: Channel<Target> = {
  id: 'webhook',
  docs: 'https://www.standardwebhooks.com',
  target: Target,
  knowsRepetition: true,
  show: ({ url }) => `${new URL(url).host}, ${new URL(url).pathname === '/' ? 'at its root' : 'path not shown'}`,
  send: ({ target: { url, secrets }, notices, key, outlet, abort }) =>
    answerOf(async () => {
      const body = payloadOf(notices)
      const at = outlet.now()
      const headers = {
        'content-type': 'application/json',
        'webhook-id': key,
        'webhook-timestamp': String(Math.floor(at / 1_000)),
        'webhook-signature': secrets.map((text) => new Webhook(text).sign(key, new Date(at), body)).join(' '),
      }
      const posted = await outlet.post(url, body, headers, abort)
      return ofStatus(posted, { who: new URL(url).host, now: at, gone: [410], knowsRepetition: true })
    }),
}
