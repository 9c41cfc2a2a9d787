import { z } from 'zod'
import { answerOf, ofStatus } from './answer.ts'
import type { Channel, Delivered } from './channel.ts'
import type { Posted } from '../network/post.ts'
import { compose, type Style } from './render.ts'

const address = /^https:\/\/hooks\.slack(?:-gov)?\.com\/services\/(T\w{4,20})\/(B\w{4,20})\/\w{10,60}$/

const Target = z.strictObject({
  url: z
    .string()
    .regex(address, 'a webhook of Slack looks like https://hooks.slack.com/services/T.../B.../...')
    .meta({ writeOnly: true, description: 'https://hooks.slack.com/services/...' }),
})
type Target = z.output<typeof Target>

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escape = (text: string) => text.replace(/[&<>]/g, (found) => marks[found]!)
/** The three characters are all that Slack reads besides its markup, and that is turned off. */
const style: Style = { escape, title: (text) => text, link: escape, limit: 4_000 }

const statusOf = { who: 'Slack', knowsRepetition: false, gone: [403, 404, 410] }

function read(posted: Posted, now: number): Delivered {
  const ended = ofStatus(posted, { ...statusOf, now })
  if (ended.ended === 'gone')
    return { ended: 'gone', why: 'Slack has removed this webhook or its channel, or does not let it write' }
  // Something else than Slack may answer 200 on the way.
  if (ended.ended === 'sent' && posted.text.trim() !== 'ok')
    return { ended: 'maybe', why: 'Slack answered without the ok that it says for what it has taken' }
  return ended
}

/** Slack's webhooks know no repetition. */
export const slack: Channel<Target> = {
  id: 'slack',
  docs: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
  target: Target,
  knowsRepetition: false,
  show: ({ url }) => `Slack webhook ${address.exec(url)?.slice(1, 3).join('/') ?? ''}`,
  send: ({ target: { url }, notices, outlet, abort }) =>
    answerOf(async () => {
      const body = { text: compose(notices, style), mrkdwn: false, unfurl_links: false, unfurl_media: false }
      const headers = { 'content-type': 'application/json' }
      return read(await outlet.post(url, JSON.stringify(body), headers, abort), outlet.now())
    }),
}
