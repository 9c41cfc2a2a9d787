import { z } from 'zod'
import { answerOf, ofStatus, recordOf, secondsToMs } from './answer.ts'
import type { Channel, Delivered } from './channel.ts'
import type { Posted } from '../network/post.ts'
import { compose, type Style } from './render.ts'

const Target = z.strictObject({
  /** As @BotFather gives it: the bot's number, a colon, its secret. */
  token: z
    .string()
    .regex(/^\d{5,20}:[\w-]{30,64}$/, 'a bot token looks like 123456789:ABC...')
    .meta({ writeOnly: true, description: '123456789:ABC..., from @BotFather' }),
  chatId: z
    .union([z.string().regex(/^(-?\d{1,20}|@[A-Za-z]\w{3,31})$/, 'a chat id is a number or @channel'), z.int()])
    .meta({ description: 'a number, or @channel; write /start to the bot first' }),
})
type Target = z.output<typeof Target>

const limit = 4_096
const html: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

// A word joiner behind it keeps Telegram from making a mention of a name in foreign text.
const untied = (character: string) => (character === '@' ? '@\u2060' : character)
const plainStyle: Style = { escape: untied, title: (text) => text, link: (url) => url, limit }
const htmlEscape = (text: string) => text.replace(/[&<>"]/g, (found) => html[found]!)
const htmlStyle: Style = {
  escape: (character) => htmlEscape(untied(character)),
  title: (text) => `<b>${text}</b>`,
  link: (url) => `<a href="${htmlEscape(url)}">${htmlEscape(url)}</a>`,
  limit,
}

const statusOf = { who: 'Telegram', gone: [401, 403], knowsRepetition: false }

function read(posted: Posted, now: number): Delivered {
  const { parameters, description } = recordOf(posted.text)
  const more = typeof parameters === 'object' && parameters !== null ? (parameters as Record<string, unknown>) : {}
  const said = typeof description === 'string' ? description : ''
  const moved = more['migrate_to_chat_id']
  if (Number.isSafeInteger(moved))
    return { ended: 'gone', why: `the group became a supergroup: its chat id is ${String(moved)} now, enter that one` }
  if (posted.status === 400 && said.includes('chat not found'))
    return { ended: 'gone', why: 'Telegram knows no such chat: write /start to the bot first, then enter the chat id' }
  if (posted.status === 401) return { ended: 'gone', why: 'Telegram does not accept the bot token' }
  if (posted.status === 403) return { ended: 'gone', why: 'the bot was blocked, removed or never started in this chat' }
  const ended = ofStatus(posted, { ...statusOf, now })
  return ended.ended === 'later' ? { ...ended, afterMs: secondsToMs(more['retry_after']) ?? ended.afterMs } : ended
}

/** Telegram cannot know a repetition. 404 is its answer to a token that is none. */
export const telegram: Channel<Target> = {
  id: 'telegram',
  docs: 'https://core.telegram.org/bots/api#sendmessage',
  target: Target,
  knowsRepetition: false,
  show: ({ token, chatId }) => `chat ${chatId}, bot ${token.split(':')[0]}`,
  send: ({ target: { token, chatId }, notices, outlet, abort }) =>
    answerOf(async () => {
      const post = (more: object) =>
        outlet.post(
          `https://api.telegram.org/bot${token}/sendMessage`,
          JSON.stringify({ chat_id: chatId, link_preview_options: { is_disabled: true }, ...more }),
          { 'content-type': 'application/json' },
          abort,
        )
      const posted = await post({ text: compose(notices, htmlStyle), parse_mode: 'HTML' })
      const said = recordOf(posted.text)['description']
      // It refused the markup and so has not sent anything: the words alone are better than none.
      if (posted.status === 400 && typeof said === 'string' && said.includes("can't parse entities"))
        return read(await post({ text: compose(notices, plainStyle) }), outlet.now())
      return read(posted, outlet.now())
    }),
}
