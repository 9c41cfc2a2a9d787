import { hours, kinds, minutes, price, seconds, tokenId, weightsOf, type Kind, type Token } from '@pumpiq/domain'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Budget } from '../network/count.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { seededRandom } from '../platform/random.ts'
import { createSecret } from '../platform/secret.ts'
import { sources as all } from '../sources/index.ts'
import type { Source } from '../sources/source.ts'
import { switchedSources } from '../sources/switched.ts'
import { createCannedOutside, type Sent } from '../testing/canned-outside.ts'
import { createGathering } from '../testing/test-gathering.ts'
import { useVirtualTimers } from '../testing/virtual-timers.ts'
import { refreshMs } from './freshness.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const start = Date.UTC(2026, 2, 1, 12, 34, 56)
const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const evmChains = ['ethereum', 'binance-smart-chain', 'base', 'polygon-pos', 'arbitrum-one']
const natives = [
  'bitcoin',
  'ethereum',
  'solana',
  'binance-smart-chain',
  'polygon-pos',
  'dogecoin',
  'cardano',
  'litecoin',
]

/** Coins of their own chains, contracts of five chains and of Solana, of rank 1 to `count`. */
function tokensOf(count: number): Token[] {
  return Array.from({ length: count }, (_, i): Token => {
    const solana = Array.from({ length: 42 }, (_each, k) => base58[(i * 31 + k * 7 + ((i * k) % 11)) % 58])
      .join('')
      .replace(/.{4}$/, i % 2 === 0 ? 'pump' : 'Aa11')
    const [chain, address] =
      i < natives.length
        ? [natives[i]!, 'native']
        : i % 3 === 0
          ? ['solana', solana]
          : [evmChains[i % 5]!, `0x${(0xa0000 + i).toString(16).padStart(40, 'c')}`]
    const name = `Token Number ${i + 1}`
    const common = { symbol: `TK${i + 1}`, name, catalogueId: `token-number-${i + 1}`, marketCapRank: i + 1 }
    return {
      id: tokenId(`${chain}:${address}`),
      chain,
      address,
      ...common,
      marketCapUsd: 1e9 / (i + 1),
      priceUsd: price('1.5'),
    }
  })
}

/** The most of the instants, in order, in any stretch of the budget's length. */
function mostIn(instants: readonly number[], { perMs }: Budget): number {
  let most = 0
  for (let first = 0, last = 0; last < instants.length; last++) {
    while (instants[first]! <= instants[last]! - perMs) first++
    most = Math.max(most, last - first + 1)
  }
  return most
}

/** An hour in which rounds of all kinds keep 200 tokens fresh while 20 of them a minute are asked for by users. */
async function hourOf(keys: Readonly<Record<string, ReturnType<typeof createSecret>>>) {
  const clock = createManualClock(start)
  useVirtualTimers(clock)
  const random = seededRandom(11)
  const choice = Object.fromEntries(all.map(({ id }) => [id, true]))
  const { on } = switchedSources(all, keys, choice)
  const tokens = tokensOf(250)
  const needed = tokens.slice(0, 200)
  const { fetch, sent } = createCannedOutside({ clock, random })
  const { gather, collect, answers } = createGathering({ sources: on, clock, fetch, keys, needed })
  const end = start + hours(1)
  const asked: Record<Kind, number> = { news: 0, onchain: 0, technical: 0, social: 0 }

  async function rounds(kind: Kind): Promise<void> {
    for (let at = start; at < end; at += refreshMs[kind]) {
      await clock.sleep(Math.max(0, at - clock.now()))
      const stop = new AbortController()
      const late = clock.sleep(refreshMs[kind] - seconds(5), stop.signal).then(
        () => stop.abort(),
        () => {},
      )
      asked[kind] += await collect(kind, stop.signal)
      stop.abort()
      await late
    }
  }
  const failures: unknown[] = []
  const gathers: number[] = []
  const user = clock.every(minutes(1) / 20, () => {
    const begunAt = clock.now()
    void gather(needed[Math.floor(random() * needed.length)]!, weightsOf('hybrid')).then(
      () => gathers.push(clock.now() - begunAt),
      (thrown: unknown) => failures.push(thrown),
    )
  })
  for (const kind of kinds) rounds(kind).catch((thrown: unknown) => failures.push(thrown))
  await clock.advance(hours(1))
  user.stop()
  await clock.advance(seconds(30))
  return { on, sent, answers, tokens, needed, asked, gathers, failures }
}

/** What a source may be asked, with its key where there is one. */
const limitsOf = ({ budget, quota, key }: Source, hasKey: boolean): [Budget, Budget | undefined] => {
  const withKey = hasKey && key !== 'none' ? key : null
  return [withKey?.budget ?? budget, withKey?.quota ?? quota]
}

const shown = ({ calls, perMs }: Budget) => `${calls} in ${perMs / 1_000} s`

function tableOf(on: readonly Source[], sent: readonly Sent[], hasKey: boolean): string[] {
  return on.map((source) => {
    const instants = sent.filter((one) => one.source === source.id).map(({ at }) => at)
    const [budget, quota] = limitsOf(source, hasKey)
    const cells = [
      source.id.padEnd(22),
      shown(budget).padEnd(14),
      String(mostIn(instants, budget)).padStart(5),
      (quota ? shown(quota) : '-').padEnd(22),
      String(quota ? mostIn(instants, quota) : '-').padStart(5),
      String(instants.length).padStart(6),
    ]
    return cells.join(' ')
  })
}

describe('an hour of rounds over 200 tokens and of 20 questions a minute', () => {
  const fake = Object.fromEntries(all.map(({ id }) => [id, createSecret('key-words:secret-words')]))

  it.each([
    ['with keys of all', fake, true],
    ['without any key', {}, false],
  ] as const)(
    'keeps every budget and quota in every window, %s, and asks of no token that nobody needs',
    { timeout: 400_000 },
    async (name, keys, hasKey) => {
      const { on, sent, answers, tokens, needed, asked, gathers, failures } = await hourOf(keys)
      expect(failures).toEqual([])
      process.stdout.write(
        [
          `${name}: ${sent.length} requests, rounds asked ${JSON.stringify(asked)}, ${gathers.length} gatherings, the longest ${Math.max(...gathers)} ms`,
          `${'source'.padEnd(22)} ${'budget'.padEnd(14)}  most ${'quota'.padEnd(22)}  most  an hour`,
          ...tableOf(on, sent, hasKey),
          '',
        ].join('\n'),
      )
      for (const source of on) {
        const instants = sent.filter((one) => one.source === source.id).map(({ at }) => at)
        for (const limit of limitsOf(source, hasKey)) {
          if (limit) expect([source.id, mostIn(instants, limit)]).toSatisfy(([, most]) => most <= limit.calls)
        }
        if (source.watches?.length) expect([source.id, instants.length]).toSatisfy(([, calls]) => calls > 0)
      }
      expect(sent.length).toBeGreaterThan(5_000)
      expect(gathers.length).toBeGreaterThan(1_190)
      expect(Math.max(...gathers)).toBeLessThan(3_000)
      const strangers = tokens.filter((token) => !needed.includes(token))
      const named = (said: string, { address, name: own }: Token) => said.includes(address) || said.includes(own)
      expect(sent.filter(({ said }) => strangers.some((token) => named(said, token)))).toEqual([])
      expect(sent.some(({ said }) => named(said, needed.at(-1)!))).toBe(true)
      const asking = new Set(needed.map(({ id }): string => id))
      expect(answers().filter(({ token }) => token !== '' && !asking.has(token))).toEqual([])
    },
  )
})
