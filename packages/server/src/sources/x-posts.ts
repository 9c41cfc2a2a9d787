import type { Document } from '@pumpiq/domain'
import { z } from 'zod'
import { plainText } from './plain.ts'
import { postsOf, type Post } from './posts.ts'
import { Instant } from './quote.ts'

const Count = z.int().nonnegative()
const Id = z.string().regex(/^\d{1,19}$/)

const Tweet = z.looseObject({
  id: Id,
  text: z.string(),
  author_id: Id.nullish(),
  created_at: Instant.nullish(),
  public_metrics: z
    .looseObject({
      retweet_count: Count.nullish(),
      repost_count: Count.nullish(),
      like_count: Count.nullish(),
      impression_count: Count.nullish(),
    })
    .nullish(),
  entities: z.looseObject({ cashtags: z.array(z.looseObject({ tag: z.string() })).nullish() }).nullish(),
  note_tweet: z.looseObject({ text: z.string() }).nullish(),
  note_post: z.looseObject({ text: z.string() }).nullish(),
})
type Tweet = z.output<typeof Tweet>

const User = z.looseObject({
  id: Id,
  username: z.string().min(1),
  created_at: Instant.nullish(),
  verified: z.boolean().nullish(),
  public_metrics: z
    .looseObject({
      followers_count: Count.nullish(),
      following_count: Count.nullish(),
      tweet_count: Count.nullish(),
      post_count: Count.nullish(),
    })
    .nullish(),
})
type User = z.output<typeof User>

/** `data` is missing where there is nothing. Posts are being renamed from tweets: both spellings are read. */
export const Found = z.looseObject({
  data: z.array(Tweet).nullish(),
  includes: z.looseObject({ users: z.array(User).nullish() }).nullish(),
  meta: z.looseObject({ result_count: Count }),
})

/** Ids count milliseconds since this instant, above 22 bits of machine and order. */
const idEpoch = 1_288_834_974_657n
const bornAt = (id: string): number => Number((BigInt(id) >> 22n) + idEpoch)

/** The posts of a search; authors stand beside them in an order of their own. */
export function xPosts(
  heard: { source: string; token: string; now: number; fetchedAt: number },
  { data, includes }: z.output<typeof Found>,
): Document[] {
  const users = new Map((includes?.users ?? []).map((user) => [user.id, user]))
  return postsOf(
    heard,
    (data ?? []).map((tweet) => postOf(tweet, users.get(tweet.author_id ?? ''))),
  )
}

function postOf(tweet: Tweet, user: User | undefined): Post {
  const { id, text, author_id, created_at, public_metrics, entities, note_tweet, note_post } = tweet
  return {
    id,
    at: created_at ?? bornAt(id),
    // What is longer than 280 characters is cut in `text`.
    text: plainText(note_post?.text ?? note_tweet?.text ?? text),
    publisher: 'x.com',
    url: user && /^\w{1,15}$/.test(user.username) ? `https://x.com/${user.username}/status/${id}` : null,
    author: author_id ? authorOf(author_id, user) : null,
    tags: (entities?.cashtags ?? []).map(({ tag }) => tag),
    likes: public_metrics?.like_count ?? null,
    reposts: public_metrics?.repost_count ?? public_metrics?.retweet_count ?? null,
    views: public_metrics?.impression_count ?? null,
  }
}

const authorOf = (id: string, user: User | undefined): NonNullable<Post['author']> => ({
  id,
  name: user?.username ?? null,
  createdAt: user?.created_at ?? null,
  followers: user?.public_metrics?.followers_count ?? null,
  following: user?.public_metrics?.following_count ?? null,
  posts: user?.public_metrics?.post_count ?? user?.public_metrics?.tweet_count ?? null,
  verified: user?.verified ?? null,
})
