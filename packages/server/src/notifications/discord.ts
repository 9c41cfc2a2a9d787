import { z } from 'zod'
import { answerOf, ofStatus, recordOf, secondsToMs } from './answer.ts'
import type { Channel, Delivered } from './channel.ts'
import type { Posted } from '../network/post.ts'
import { compose, type Style } from './render.ts'

const address =
  /^https:\/\/(?:(?:ptb|canary)\.)?discord(?:app)?\.com\/api(?:\/v\d{1,2})?\/webhooks\/(\d{5,25})\/[\w-]{20,200}(?:\?thread_id=\d{5,25})?$/

const Target = z.strictObject({
  url: z
    .string()
    .regex(address, 'a webhook of Discord looks like https://discord.com/api/webhooks/123.../abc...')
    .meta({ writeOnly: true, description: 'https://discord.com/api/webhooks/...' }),
})
type Target = z.output<typeof Target>

const style: Style = {
  escape: (character) => (/[\\*_~`|>#\-[\](){}<:@]/.test(character) ? `\\${character}` : character),
  title: (text) => `**${text}**`,
  link: (url) => `<${url.replaceAll('>', '%3E')}>`,
  limit: 2_000,
}
/** SUPPRESS_EMBEDS: no previews of what stands behind links. */
const flags = 4

const statusOf = { who: 'Discord', knowsRepetition: false, gone: [401, 403, 404] }

function read(posted: Posted, now: number): Delivered {
  const ended = ofStatus(posted, { ...statusOf, now })
  const { code, retry_after: seconds } = recordOf(posted.text)
  if (ended.ended === 'gone' || code === 10_015)
    return { ended: 'gone', why: 'Discord does not know this webhook any more, or does not let it write' }
  if (ended.ended !== 'later' || posted.status !== 429) return ended
  // Its own answer says it to the millisecond; Cloudflare's, before it, is a page and may have no more than the header.
  return { ...ended, afterMs: secondsToMs(seconds) ?? ended.afterMs ?? 60_000 }
}

/**
 * Discord's webhooks know no repetition. Whatever they refuse for good is switched off at once: many such requests ban the whole address.
 */
export const discord: Channel<Target> = {
  id: 'discord',
  docs: 'https://docs.discord.com/developers/resources/webhook',
  target: Target,
  knowsRepetition: false,
  show: ({ url }) => `Discord webhook ${address.exec(url)?.[1] ?? ''}`,
  send: ({ target: { url }, notices, outlet, abort }) =>
    answerOf(async () => {
      const waiting = new URL(url)
      waiting.searchParams.set('wait', 'true')
      const body = { content: compose(notices, style), allowed_mentions: { parse: [] }, flags }
      const headers = { 'content-type': 'application/json' }
      return read(await outlet.post(waiting.href, JSON.stringify(body), headers, abort), outlet.now())
    }),
}
