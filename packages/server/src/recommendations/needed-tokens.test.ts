import { expect, it } from 'vitest'
import { tokenId } from '@pumpiq/domain'
import { knownTokens } from '../tokens/known.ts'
import { neededTokens } from './needed-tokens.ts'

it('keeps known what users asked about, then what the house follows, then what users watch or hold, each once', async () => {
  const [asked, followed, both, watched] = knownTokens
  let limit = 0
  const needed = neededTokens({
    asks: { tokensSince: async () => [asked!.id, both!.id] },
    tokens: {
      byId: async (id) => knownTokens.find((token) => token.id === id) ?? null,
      universe: async () => [followed!, both!],
    },
    own: async (most) => {
      limit = most
      return [tokenId('solana:gone'), watched!.id, followed!.id]
    },
  })
  expect((await needed()).map(({ id }) => id)).toEqual([asked!.id, both!.id, followed!.id, watched!.id])
  expect(limit).toBe(100)
})
