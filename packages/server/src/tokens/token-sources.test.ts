import { expect, it } from 'vitest'
import { Failure, Token } from '@pumpiq/domain'
import { createAsk } from '../network/ask.ts'
import { silentLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { seededRandom } from '../platform/random.ts'
import type { Source } from '../sources/source.ts'
import { createTokenSources } from './token-sources.ts'

const token = Token.parse({
  id: 'base:0xa',
  chain: 'base',
  address: '0xa',
  symbol: 'A',
  name: 'A',
  catalogueId: null,
  marketCapRank: null,
  marketCapUsd: null,
  priceUsd: null,
})

const sourceOf = (id: string, lookup: () => Promise<Token[]>): Source => ({
  id,
  docs: 'https://d.example',
  key: 'none',
  budget: { calls: 10, perMs: 1_000 },
  feeds: { lookup },
})
const knowing = sourceOf('knowing', async () => [token])
const ignorant = sourceOf('ignorant', async () => [])
const away = sourceOf('away', async () => {
  throw new Failure('unavailable', 'away could not be reached')
})

function lookUpAt(...sources: Source[]) {
  const clock = createManualClock(0)
  const fetch = () => Promise.reject(new TypeError('none'))
  const ask = createAsk({ fetch, clock, random: seededRandom(1), log: silentLog })
  return createTokenSources({ sources, ask, clock, log: silentLog }).lookUp('0xa')
}

it('a token that one source knows is known, whoever else is away', async () => {
  expect(await lookUpAt(away, ignorant, knowing)).toEqual([token])
})

it('nobody knows a token only where everybody has answered', async () => {
  expect(await lookUpAt(ignorant, ignorant)).toEqual([])
  await expect(lookUpAt(ignorant, away)).rejects.toMatchObject({ code: 'unavailable' })
})
