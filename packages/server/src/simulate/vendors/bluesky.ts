import { days, minutes, toIso } from '@pumpiq/domain'
import { epochAt } from '../universe.ts'
import { chanceOf, purpose } from '../chance.ts'
import { createDesk, desks } from '../desk.ts'
import { createTalk } from '../talk.ts'
import { answer, createBucket, wholeNumber, type Vendor, type VendorNeeds } from './answer.ts'
import { coindeskUrl } from './coindesk.ts'

/** Bluesky's public server: docs.bsky.app. */

const path = '/xrpc/app.bsky.feed.getAuthorFeed'
const actor = 'coindesk.com'
const usual = 50
const most = 100
/** One in so many of the desk's posts is followed by one of somebody else's. */
const repostEvery = 8

/** A post as its network shows it; `at` epoch ms. */
type Written = { id: number; at: number; handle: string; text: string; link: string | null }

export function createBluesky({ market, clock, limits }: VendorNeeds): Vendor {
  const desk = createDesk({ market, desk: desks.coindesk })
  const talk = createTalk(market)
  const bucket = createBucket({ size: 3_000, perMs: 3_000 / minutes(5) })

  const chanceOfHandle = (handle: string, which: number) =>
    chanceOf(market.seed, purpose.desk, which, ...Array.from(handle, (letter) => letter.charCodeAt(0)))
  const didOf = (handle: string): string => {
    const { uniform } = chanceOfHandle(handle, 9)
    return `did:plc:${Array.from({ length: 24 }, () => letters[Math.floor(uniform() * 32)]).join('')}`
  }

  function postOf({ id, at, handle, text, link }: Written, now: number) {
    const chance = chanceOf(market.seed, purpose.desk, 8, id)
    const did = didOf(handle)
    // Those who like a post come within hours.
    const seen = Math.min(1, (now - at) / minutes(300))
    const count = (limit: number) => Math.floor(limit * chance.uniform() * seen)
    return {
      uri: `at://${did}/app.bsky.feed.post/3${id.toString(36)}`,
      cid: `bafyrei${id.toString(36)}`,
      author: {
        did,
        handle,
        displayName: handle,
        labels: [],
        createdAt: toIso(epochAt + days(Math.floor(900 * chanceOfHandle(handle, 7).uniform()))),
      },
      record: {
        $type: 'app.bsky.feed.post',
        text,
        createdAt: toIso(at),
        langs: ['en'],
        ...(link && {
          embed: { $type: 'app.bsky.embed.external', external: { uri: link, title: text, description: '' } },
        }),
      },
      replyCount: count(12),
      repostCount: count(40),
      likeCount: count(160),
      quoteCount: count(6),
      bookmarkCount: count(9),
      indexedAt: toIso(at),
      labels: [],
    }
  }

  /** The desk's headlines, newest first, and now and then what somebody else wrote. */
  function feed(now: number, limit: number): unknown[] {
    return desk.newest(now, limit).flatMap((article): unknown[] => {
      const { id, at, title } = article
      const post = postOf({ id, at, handle: actor, text: title, link: coindeskUrl(article) }, now)
      if (id % repostEvery !== 0) return [{ post }]
      const [other] = talk.newest(at, 1)
      if (!other) return [{ post }]
      const handle = `${other.author.replaceAll('_', '-')}.bsky.social`
      const words = `${other.title}. ${other.text}`
      const theirs = postOf({ id: other.id, at: other.at, handle, text: words, link: null }, now)
      const by = { did: didOf(actor), handle: actor, labels: [] }
      return [
        { post },
        { post: theirs, reason: { $type: 'app.bsky.feed.defs#reasonRepost', by, indexedAt: toIso(at) } },
      ]
    })
  }

  return function bluesky(request) {
    const { pathname, searchParams } = new URL(request.url)
    const now = clock.now()
    const headers = { date: new Date(now).toUTCString() }
    const refused = (status: number, error: string, message: string) => answer({ error, message }, { status, headers })
    if (limits && !bucket(now)) return tooManyPosts(headers)
    if (pathname === '/xrpc/app.bsky.feed.searchPosts') return refused(403, 'Forbidden', 'Log in to search')
    if (pathname !== path) return refused(404, 'XRPCNotSupported', 'XRPCNotSupported')
    const limit = wholeNumber(searchParams, 'limit') ?? usual
    if (!(limit >= 1 && limit <= most)) return refused(400, 'InvalidRequest', 'limit must be from 1 to 100')
    const asked = searchParams.get('actor') ?? ''
    if (asked !== actor && asked !== didOf(actor)) return refused(400, 'InvalidRequest', 'Profile not found')
    return answer({ feed: feed(now, limit).slice(0, limit) }, { headers })
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyz234567'

export const tooManyPosts = (headers: Record<string, string> = {}): Response =>
  answer({ error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' }, { status: 429, headers })
