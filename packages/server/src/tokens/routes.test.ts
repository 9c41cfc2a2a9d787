import { expect, it } from 'vitest'
import { encodeCursor } from '@pumpiq/api'
import { knownTokens } from './known.ts'
import { createTokenRoutes } from './routes.ts'
import { positionOf, type TokenPage, type TokenStore } from './store.ts'
import type { Tokens } from './tokens.ts'

const abort = new AbortController().signal
const asked: (TokenPage['after'] | undefined)[] = []
const store = {
  page: async (_: string | null, { after }: TokenPage) => {
    asked.push(after)
    return knownTokens.slice(0, 3)
  },
} as unknown as TokenStore
const { list } = createTokenRoutes({ store, tokens: { ensure: async () => undefined } as unknown as Tokens })
const ask = (cursor?: string) =>
  list({ query: { limit: 2, ...(cursor !== undefined && { cursor }) }, params: undefined, body: undefined, abort })

it('goes on behind the last token of the page before', async () => {
  const { items, next } = await ask()
  expect(items).toEqual(knownTokens.slice(0, 2))
  await ask(next!)
  expect(asked).toEqual([null, positionOf(knownTokens[1]!)])
})

it('refuses a cursor whose rank no database could hold', async () => {
  for (const rank of [1e12, -1, 1.5])
    await expect(ask(encodeCursor({ rank, id: 'bitcoin:native' }))).rejects.toMatchObject({ code: 'invalid' })
})
