import { z } from 'zod'
import { sha256Hex } from '../platform/hash.ts'
import { answerOf } from './answer.ts'
import type { Channel } from './channel.ts'
import { compose, cut, headline, type Style } from './render.ts'

const Target = z.strictObject({
  address: z.email('an e-mail address looks like name@example.com').max(254).meta({ description: 'name@example.com' }),
})
type Target = z.output<typeof Target>

const limit = 30_000
const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string) => text.replace(/[&<>"']/g, (found) => marks[found]!)

const text: Style = { escape: (character) => character, title: (title) => title, link: (url) => url, limit }
const html: Style = {
  escape: (character) => (character === '\n' ? '<br>' : escape(character)),
  title: (title) => `<b>${title}</b><br>`,
  link: (url) => `<br><a href="${escape(url)}">${escape(url)}</a>`,
  limit,
}

/**
 * The Message-ID is the same in every repetition, but mail programs may show both all the same: it counts as knowing no repetition.
 */
export const email: Channel<Target> = {
  id: 'email',
  docs: 'https://www.rfc-editor.org/rfc/rfc5321',
  target: Target,
  knowsRepetition: false,
  show: ({ address }) => address,
  async send({ target: { address }, notices, key, outlet, abort }) {
    const { mail } = outlet
    if (!mail) return { ended: 'refused', why: 'this installation sends no e-mail: SMTP_URL is not set' }
    return answerOf(async () => {
      const message = {
        to: address,
        subject: cut(headline(notices), 200),
        text: compose(notices, text),
        html: `<!doctype html><html><body><p>${compose(notices, html).replaceAll('\n\n', '</p><p>')}</p></body></html>`,
        messageId: sha256Hex(`${key} ${address}`).slice(0, 40),
      }
      await mail(message, abort)
      return { ended: 'sent' }
    })
  },
}
