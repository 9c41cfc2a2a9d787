import { createKnownNames, days, hours, type Figure, type Token } from '@pumpiq/domain'
import { expect, it } from 'vitest'
import { createCollectedLog } from '../platform/log.ts'
import { listedToken } from '../sources/listed.ts'
import { figuresOf } from '../sources/seen.ts'
import type { TokenStreamEvent } from '../sources/source.ts'
import { knownTokens } from './known.ts'
import { createNewcomers } from './newcomers.ts'

const midnight = Date.UTC(2026, 5, 1)
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const address = (n: number) =>
  `${'1'.repeat(40)}${letters[Math.floor(n / 3_249)]}${letters[Math.floor(n / 57) % 57]}${letters[n % 57]}`
const coin = (n: number, symbol = `COIN${n}`): Token =>
  listedToken({ chain: 'solana', address: address(n), symbol, name: `Coin number ${n}` })!
const made = (token: Token): TokenStreamEvent => ({ told: 'token', token, seen: [] })
const at = new Date(midnight).toISOString()
const left = (token: Token, curveComplete = 1): TokenStreamEvent => {
  const seen: Figure[] = figuresOf(
    { source: 'line', token: token.id, observedAt: Date.parse(at), fetchedAt: Date.parse(at) },
    { curveComplete },
  )
  return { told: 'seen', seen }
}

function take({ now = midnight, before = 0, known = [] as Token[] } = {}) {
  const world = { now, away: false }
  const puts: Token[][] = []
  const log = createCollectedLog()
  const counted: number[] = []
  const newcomers = createNewcomers({
    store: {
      put: async (tokens) => {
        if (world.away) throw new Error('the database is away')
        puts.push([...tokens])
      },
      known: async (ids) => new Set(ids.filter((id) => known.some((token) => token.id === id))),
      countUntraded: async (since) => {
        counted.push(since)
        return before
      },
    },
    knownNames: () => createKnownNames(knownTokens),
    clock: { now: () => world.now },
    log,
  })
  const flood = async (from: number, to: number) => {
    for (let n = from; n < to; n++) {
      newcomers.tell(made(coin(n)))
      if (n % 400 === 399) await newcomers.keep()
    }
    await newcomers.keep()
  }
  return { world, puts, log, newcomers, counted, flood, kept: () => puts.flat().length }
}

it('are put together, each once, and none that is known', async () => {
  const { newcomers, puts } = take({ known: [coin(2)] })
  for (const n of [1, 2, 3, 1]) newcomers.tell(made(coin(n)))
  newcomers.tell({ told: 'drift', issue: 'not what was agreed' })
  expect(puts).toEqual([])
  await newcomers.keep()
  expect(puts).toEqual([[coin(1), coin(3)]])
  await newcomers.keep()
  expect(puts).toHaveLength(1)
})

it('that bear the name of a known token, or one drawn like it, are passed over', async () => {
  const { newcomers, puts } = take()
  const symbols = ['BTC', 'Bitcoin', 'B\u0422C', 'PAPER']
  for (const [n, symbol] of symbols.entries()) newcomers.tell(made(coin(n, symbol)))
  await newcomers.keep()
  expect(puts.flat().map(({ symbol }) => symbol)).toEqual(['PAPER'])
})

it('of a flood are kept 84 in the first hour, 2,000 in a day, and as many the next', async () => {
  const { world, flood, kept, counted } = take()
  await flood(0, 3_000)
  expect(kept()).toBe(84)
  world.now = midnight + hours(12)
  await flood(3_000, 6_000)
  expect(kept()).toBe(1_084)
  world.now = midnight + days(1) - 1
  await flood(6_000, 12_000)
  expect(kept()).toBe(2_000)
  world.now = midnight + days(1)
  await flood(12_000, 13_000)
  expect(kept()).toBe(2_084)
  expect(counted).toEqual([midnight, midnight + days(1)])
})

it('are counted with those that were kept before a restart', async () => {
  const { flood, kept } = take({ now: midnight + hours(23), before: 1_990 })
  await flood(0, 1_000)
  expect(kept()).toBe(10)
})

it('that were passed over are kept when they leave their curve, though not without end', async () => {
  const { newcomers, flood, kept, puts } = take({ before: 3_998 })
  await flood(0, 10)
  expect(kept()).toBe(0)
  newcomers.tell(left(coin(1), 0))
  newcomers.tell(left(coin(99)))
  for (const n of [2, 3, 4]) newcomers.tell(left(coin(n)))
  await newcomers.keep()
  expect(puts.flat()).toEqual([coin(2), coin(3)])
})

it('that leave their curve while they still wait are kept as traded ones', async () => {
  const { newcomers, puts } = take({ before: 2_000 })
  newcomers.tell(made(coin(1)))
  newcomers.tell(left(coin(1)))
  await newcomers.keep()
  expect(puts.flat()).toEqual([coin(1)])
})

it('wait while the database is away, the newest 500 of them, and the log says how many are let go', async () => {
  const { world, newcomers, log, puts } = take({ now: midnight + hours(23) })
  world.away = true
  for (let n = 0; n < 300; n++) newcomers.tell(made(coin(n)))
  await newcomers.keep()
  for (let n = 300; n < 700; n++) newcomers.tell(made(coin(n)))
  world.away = false
  await newcomers.keep()
  expect(log.entries.map(({ level, fields }) => [level, fields['tokens']])).toEqual([
    ['warn', 300],
    ['warn', 200],
  ])
  expect(puts.flat().map(({ symbol }) => symbol)).toEqual(Array.from({ length: 500 }, (_, i) => `COIN${i + 200}`))
})
