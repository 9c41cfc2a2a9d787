import { isFailure } from '@pumpiq/domain'
import { expect, it } from 'vitest'
import { mishapOf } from '../network/mishap.ts'
import { postsOf, type Post } from './posts.ts'

const now = Date.UTC(2026, 2, 1, 12)
const heard = { source: 'a-source', token: null, now, fetchedAt: now + 500 }
const post = (more: Partial<Post> = {}): Post => ({
  id: '1',
  at: now - 1_000,
  text: 'words',
  publisher: 'x.com',
  author: null,
  ...more,
})

it('tells a post as a document of its own instant', () => {
  const author = { id: '7', name: 'somebody', createdAt: now - 5_000, followers: 3 }
  expect(postsOf(heard, [post({ author, likes: 4 })])).toMatchObject([
    {
      what: 'document',
      kind: 'social',
      id: 'a-source:1',
      title: '',
      observedAt: '2026-03-01T11:59:59.000Z',
      fetchedAt: '2026-03-01T12:00:00.500Z',
      likes: 4,
      reposts: null,
      author: { id: '7', createdAt: '2026-03-01T11:59:55.000Z', followers: 3, following: null },
    },
  ])
})

it('leaves out a post from the future and keeps the others', () => {
  expect(postsOf(heard, [post({ id: '2', at: now + 61_000 }), post()]).map(({ id }) => id)).toEqual(['a-source:1'])
})

it('tells a post of a clock that is a little ahead at the instant the caller stands at', () => {
  expect(postsOf(heard, [post({ at: now + 30_000 })])[0]?.observedAt).toBe('2026-03-01T12:00:00.000Z')
})

it('refuses an answer whose times are all in another unit', () => {
  for (const scale of [1_000, 1 / 1_000]) {
    const posts = [post({ at: now * scale }), post({ id: '2', at: now * scale })]
    const thrown = (() => {
      try {
        return postsOf(heard, posts)
      } catch (caught) {
        return caught
      }
    })()
    expect(isFailure(thrown) && mishapOf(thrown)).toBe('drift')
  }
})

it('tells a post once, and none without words', () => {
  expect(postsOf(heard, [post(), post(), post({ id: '2', text: ' ' })])).toHaveLength(1)
})

it('does not believe that an author came after what he wrote', () => {
  const [document] = postsOf(heard, [post({ author: { id: '7', createdAt: now + 100_000 } })])
  expect(document?.author?.createdAt).toBeNull()
})
