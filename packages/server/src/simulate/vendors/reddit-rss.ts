import { minutes, toIso } from '@pumpiq/domain'
import { chanceOf, purpose } from '../chance.ts'
import { createTalk, type Saying } from '../talk.ts'
import { answer, answerText, createBucket, wholeNumber, type Vendor, type VendorNeeds } from './answer.ts'
import { escaped } from './feed.ts'

/** Reddit's feeds without an account: www.reddit.com/wiki/rss. */

const site = 'https://www.reddit.com'
const usual = 25
const most = 100
/** Rooms of coins, and of everything; posts of coins without a room go to the others. */
const ownRooms: Readonly<Record<string, readonly string[]>> = {
  bitcoin: ['Bitcoin', 'CryptoCurrency'],
  ethereum: ['ethereum', 'ethtrader'],
  solana: ['solana', 'CryptoMarkets'],
}
const otherRooms = ['CryptoCurrency', 'CryptoMarkets', 'altcoin']
const rooms = new Set([...Object.values(ownRooms).flat(), ...otherRooms].map((room) => room.toLowerCase()))

export function createRedditRss({ market, clock, limits }: VendorNeeds): Vendor {
  const talk = createTalk(market)
  const bucket = createBucket({ size: 2, perMs: 2 / minutes(1) })

  function roomOf({ id, token }: Saying): string {
    const own = ownRooms[token.key] ?? otherRooms
    return own[Math.floor(chanceOf(market.seed, purpose.talk, 2, id).uniform() * own.length)]!
  }

  return function redditRss(request) {
    const { pathname, searchParams } = new URL(request.url)
    const now = clock.now()
    const headers = { date: new Date(now).toUTCString() }
    if (limits && !bucket(now)) return tooManyRequests('60', headers)
    const [, path, multi] = /^(\/r\/([\w+]+)\/new)\.rss$/.exec(pathname) ?? []
    const asked = (multi ?? '').split('+').map((room) => room.toLowerCase())
    if (!asked.some((room) => rooms.has(room)))
      return answer({ message: 'Not Found', error: 404 }, { status: 404, headers })
    const limit = wholeNumber(searchParams, 'limit') || usual
    // Of the newest of all rooms those of the rooms that are asked for.
    const posts = talk
      .newest(now, 4 * most)
      .map((said) => ({ said, room: roomOf(said) }))
      .filter(({ room }) => asked.includes(room.toLowerCase()))
      .slice(0, Math.min(most, limit))
    const feed = feedOf(path!, now, posts)
    return answerText(feed, { headers, type: 'application/atom+xml; charset=UTF-8' })
  }
}

export const tooManyRequests = (after: string, headers: Record<string, string> = {}): Response =>
  answerText('<!doctype html><title>Too Many Requests</title>', {
    status: 429,
    headers: { ...headers, 'retry-after': after },
    type: 'text/html',
  })

const stamp = (at: number): string => `${toIso(at).slice(0, 19)}+00:00`

type Posted = { said: Saying; room: string }

const feedOf = (path: string, now: number, posts: readonly Posted[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">',
    `<category term="multi" label="r/multi"/><updated>${stamp(now)}</updated><id>${path}.rss</id>`,
    `<link rel="self" href="${site}${path}.rss" type="application/atom+xml"/>`,
    `<title>newest submissions, simulated</title>`,
    ...posts.map(entryOf),
    '</feed>',
  ].join('\n')

/** The text is HTML within XML: what was written, then who submitted it and two links. */
function entryOf({ said: { id, at, author, title, text }, room }: Posted): string {
  const name = id.toString(36)
  const link = `${site}/r/${room}/comments/${name}/simulated/`
  const html = [
    `<!-- SC_OFF --><div class="md"><p>${escaped(text)}</p></div><!-- SC_ON -->`,
    ` &#32; submitted by &#32; <a href="${site}/user/${author}"> /u/${author} </a> &#32; to &#32;`,
    ` <a href="${site}/r/${room}/"> r/${room} </a> <br/> <span><a href="${link}">[link]</a></span>`,
    ` &#32; <span><a href="${link}">[comments]</a></span>`,
  ].join('')
  return [
    `<entry><author><name>/u/${author}</name><uri>${site}/user/${author}</uri></author>`,
    `<category term="${room}" label="r/${room}"/><content type="html">${escaped(html)}</content>`,
    `<id>t3_${name}</id><link href="${link}"/><updated>${stamp(at)}</updated><published>${stamp(at)}</published>`,
    `<title>${escaped(title)}</title></entry>`,
  ].join('\n')
}
