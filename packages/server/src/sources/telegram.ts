import { minutes } from '@pumpiq/domain'
import { postsOf } from './posts.ts'
import type { Source } from './source.ts'
import { readTelegramPage, TelegramPage } from './telegram-page.ts'
import type { Watch, WatchAsk } from './watch.ts'

/** Public channels with an open preview that are not paid to call coins, and why each is read. */
const channels: Readonly<Record<string, string>> = {
  binance_announcements: 'listings, delistings and halts of the largest exchange, in its own words',
  cointelegraph: 'the channel of a news desk, often minutes before its feed',
  WatcherGuru: 'the most widely forwarded headlines: what the crowd has seen',
  whale_alert_io: 'large transfers as the crowd is told of them',
  wublockchainenglish: 'news of Asian exchanges, miners and regulators',
}

export const telegram: Source = {
  id: 'telegram',
  docs: 'https://telegram.org/blog/link-preview#channel-previews',
  key: 'none',
  // No limit is documented: each channel is asked once a minute at most.
  budget: { calls: Object.keys(channels).length, perMs: minutes(1) },
  throttledMs: minutes(5),
  feeds: {},
  // One each, so that a channel which closes its preview is a gap of its own.
  watches: Object.keys(channels).map((channel): Watch => ({
    name: channel.toLowerCase().replaceAll('_', '-'),
    kind: 'social',
    about: 'market',
    calls: 1,
    see: (ask) => postsIn(channel, ask),
  })),
}

/** The newest messages of a channel, about 20. */
async function postsIn(channel: string, { now, get, abort }: WatchAsk) {
  const isOther = (post: string) => post.split('/')[0]!.toLowerCase() !== channel.toLowerCase()
  const { body, fetchedAt } = await get.timed(`https://t.me/s/${channel}`, TelegramPage, {
    parse: readTelegramPage,
    check: ({ messages }) => (messages.some(({ post }) => isOther(post)) ? 'a message is of another channel' : null),
    abort,
  })
  const author = { id: channel, name: body.title, followers: body.subscribers }
  return postsOf(
    { source: telegram.id, token: null, now, fetchedAt },
    body.messages.map(({ post, at, text, views }) => ({
      id: post,
      at,
      text,
      publisher: `t.me/${channel}`,
      url: `https://t.me/${post}`,
      author,
      views,
    })),
  )
}
