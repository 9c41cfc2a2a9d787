import { expect, expectTypeOf, it } from 'vitest'
import type { Client } from './client.ts'
import { paginate } from './paginate.ts'

type Query = { cursor?: string | undefined; limit?: number | undefined }

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Seven items in pages of three. */
function listing() {
  const asked: (Query | undefined)[] = []
  const list = async ({ query }: { query?: Query } = {}) => {
    asked.push(query)
    const from = Number(query?.cursor ?? 0)
    const items = [0, 1, 2, 3, 4, 5, 6].slice(from, from + 3)
    return { items, next: from + 3 < 7 ? String(from + 3) : null }
  }
  return { asked, list }
}

it('gives all items in order, and says on every page what was asked', async () => {
  const { asked, list } = listing()
  expect(await collected(paginate(list, { query: { limit: 3 } }))).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(asked).toEqual([{ limit: 3 }, { limit: 3, cursor: '3' }, { limit: 3, cursor: '6' }])
  expect(await collected(paginate(list))).toHaveLength(7)
})

it('asks for no page that nobody reads', async () => {
  const { asked, list } = listing()
  for await (const item of paginate(list)) if (item === 2) break
  expect(asked).toHaveLength(1)
})

it('goes on from a cursor, and does not go round in a circle', async () => {
  const { list } = listing()
  expect(await collected(paginate(list, { query: { cursor: '3' } }))).toEqual([3, 4, 5, 6])
  const circle = paginate(async (_: { query?: Query }) => ({ items: [1], next: 'same' }), {})
  await expect(collected(circle)).rejects.toMatchObject({ code: 'broken' })
})

it('hands the options on to every page', async () => {
  const abort = AbortSignal.abort(new Error('enough'))
  const list = async (_: { query?: Query }, options?: { abort?: AbortSignal | undefined }) => {
    options?.abort?.throwIfAborted()
    return { items: [1], next: null }
  }
  await expect(paginate(list, {}, { abort }).next()).rejects.toThrow('enough')
})

it('knows the items of every list of the client', () => {
  const calls = (client: Client) => paginate(client.recommendations.list, { query: { type: 'BUY' } })
  expectTypeOf<ReturnType<typeof calls>>().toExtend<AsyncGenerator<{ id: string; symbol: string }>>()
})
