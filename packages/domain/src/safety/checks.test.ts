import { describe, expect, it } from 'vitest'
import { evidenceOf, observed, testCheck, unrankedToken, type CheckSample, type Told } from '../testing/test-check.ts'
import { Danger } from '../words/observation.ts'
import { days, hours } from '../words/time.ts'
import { safetyChecks } from './index.ts'

/** Of a check that asks for one danger alone. */
const flag = (danger: Danger, chain?: string): CheckSample => ({
  passes: [{ [danger]: false }],
  fails: [{ [danger]: true }],
  ...(chain && { chain }),
})

const samples: Readonly<Record<string, CheckSample>> = {
  honeypot: flag('honeypot'),
  'mint-authority': flag('mintable'),
  'freeze-authority': flag('freezable', 'solana'),
  taxes: {
    passes: [
      { buyTaxRatio: 0, sellTaxRatio: 0 },
      { buyTaxRatio: 0.1, sellTaxRatio: 0.1, transferFeeRatio: 0 },
    ],
    fails: [{ buyTaxRatio: 0, sellTaxRatio: 0.101 }, { sellTaxRatio: 1 }, { transferFeeRatio: 0.5 }],
    unknown: [{ buyTaxRatio: 0 }, { sellTaxRatio: 0.05 }, { transferFeeRatio: 0 }],
  },
  'tax-changeable': flag('taxChangeable'),
  pausable: flag('pausable'),
  blacklist: flag('blacklist'),
  'permanent-delegate': flag('permanentDelegate', 'solana'),
  'transfer-hook': flag('transferHook', 'solana'),
  'balance-changeable': flag('balanceChangeable'),
  ownership: {
    passes: [{ ownerHidden: false, ownershipReclaimable: false }],
    fails: [{ ownerHidden: true }, { ownershipReclaimable: true }, { ownerHidden: false, ownershipReclaimable: true }],
    unknown: [{ ownerHidden: false }],
  },
  upgradeable: flag('upgradeable'),
  'self-destruct': flag('selfDestruct'),
  'source-closed': flag('sourceClosed'),
  'sell-restricted': flag('sellRestricted'),
  'trading-limits': {
    passes: [{ tradingCooldown: false, limitsChangeable: false }],
    fails: [{ tradingCooldown: true }, { limitsChangeable: true }],
    unknown: [{ limitsChangeable: false }],
  },
  'lp-lock': {
    passes: [
      { lpLockedRatio: 0.5 },
      { lpLockedRatio: 0.1, lpCreatorRatio: 0.5 },
      { lpCreatorRatio: 0 },
      { lpUnlocked: false },
    ],
    fails: [
      { lpLockedRatio: 0.4, lpCreatorRatio: 0.51 },
      { lpCreatorRatio: 0.9, lpLockedRatio: 0 },
      { lpUnlocked: true },
    ],
    unknown: [{ lpLockedRatio: 0.2 }, { lpLockedRatio: 0.2, lpUnlocked: false }],
  },
  'top10-share': {
    passes: [{ top10Ratio: 0.7 }, { top10AccountsRatio: 0.7 }, { top10Ratio: 0.4, top10AccountsRatio: 0.9 }],
    fails: [{ top10Ratio: 0.71 }],
    unknown: [{ top10AccountsRatio: 0.9 }],
  },
  'developer-share': { passes: [{ developerRatio: 0.2 }], fails: [{ developerRatio: 0.21 }] },
  'pool-age': { passes: [{ poolAgeMs: hours(24) }, { poolAgeMs: days(400) }], fails: [{ poolAgeMs: hours(24) - 1 }] },
  liquidity: {
    passes: [
      { liquidityUsd: 50_000, marketCapUsd: 10_000_000 },
      { liquidityUsd: 1e6, marketCapUsd: 0 },
    ],
    fails: [
      { liquidityUsd: 49_999, marketCapUsd: 100_000 },
      { liquidityUsd: 0 },
      { liquidityUsd: 60_000, marketCapUsd: 12_000_001 },
    ],
    unknown: [{ liquidityUsd: 50_000 }, { marketCapUsd: 1e6 }],
  },
  'wash-volume': {
    passes: [
      { volume24hUsd: 3e6, liquidityUsd: 1e5 },
      { volume24hUsd: 4e6, liquidityUsd: 1e5, traders24h: 900, buys24h: 3_000, sells24h: 2_500 },
      { volume24hUsd: 4e6, liquidityUsd: 1e5, buyers24h: 80, sellers24h: 100, buys24h: 300, sells24h: 250 },
    ],
    fails: [
      { volume24hUsd: 4e6, liquidityUsd: 1e5, traders24h: 99 },
      { volume24hUsd: 4e6, liquidityUsd: 1e5, buyers24h: 12, sellers24h: 9 },
      { volume24hUsd: 4e6, liquidityUsd: 1e5, traders24h: 5_000, buys24h: 5_000, sells24h: 5_001 },
    ],
    unknown: [
      { volume24hUsd: 4e6, liquidityUsd: 1e5 },
      { volume24hUsd: 4e6, liquidityUsd: 1e5, traders24h: 5_000 },
      { volume24hUsd: 4e6, liquidityUsd: 1e5, buys24h: 3_000, sells24h: 2_500 },
      { volume24hUsd: 4e6, liquidityUsd: 0 },
    ],
  },
  rugged: flag('rugged', 'solana'),
  fake: flag('fake'),
  maker: flag('makerKnownBad'),
}

for (const check of safetyChecks) testCheck(check, samples[check.id]!)

describe('the checks', () => {
  it('have a sample each, and speak of every danger there is', () => {
    expect(Object.keys(samples)).toEqual(safetyChecks.map(({ id }) => id))
    const spoken = new Set(Object.values(samples).flatMap(({ fails }) => fails.flatMap((told) => Object.keys(told))))
    expect(Danger.options.filter((danger) => !spoken.has(danger))).toEqual([])
  })

  const verdictOf = (id: string, told: Told, token = unrankedToken()) =>
    safetyChecks.find((check) => check.id === id)!.check(evidenceOf(observed('told', token.id, told), token)).verdict
  const established = { ...unrankedToken(), marketCapRank: 300 }

  it('take a Solana token for no honeypot where nothing in it can stop a sale', () => {
    const solana = unrankedToken('solana')
    const free = { freezable: false, transferHook: false, sellRestricted: false }
    expect(verdictOf('honeypot', free, solana)).toBe('pass')
    expect(verdictOf('honeypot', { ...free, freezable: true }, solana)).toBe('unknown')
    expect(verdictOf('honeypot', { freezable: false, transferHook: false }, solana)).toBe('unknown')
    expect(verdictOf('honeypot', { ...free, honeypot: true }, solana)).toBe('fail')
    expect(verdictOf('honeypot', free)).toBe('unknown')
  })

  it('ask a Solana token for its transfer fee, not for taxes of a contract', () => {
    expect(verdictOf('taxes', { transferFeeRatio: 0 }, unrankedToken('solana'))).toBe('pass')
    expect(verdictOf('taxes', { buyTaxRatio: 0, sellTaxRatio: 0 }, unrankedToken('solana'))).toBe('unknown')
  })

  it('excuse what can be upgraded, and little liquidity for its size, of tokens that are large and old, and of no others', () => {
    const old = { poolAgeMs: days(180) }
    expect(verdictOf('upgradeable', { upgradeable: true, ...old }, established)).toBe('pass')
    expect(verdictOf('upgradeable', { upgradeable: true, poolAgeMs: days(179) }, established)).toBe('fail')
    expect(verdictOf('upgradeable', { upgradeable: true }, established)).toBe('fail')
    expect(verdictOf('upgradeable', { upgradeable: true, ...old }, { ...established, marketCapRank: 301 })).toBe('fail')
    const shallow = { liquidityUsd: 1e6, marketCapUsd: 1e10 }
    expect(verdictOf('liquidity', { ...shallow, ...old }, established)).toBe('pass')
    expect(verdictOf('liquidity', shallow, established)).toBe('fail')
    expect(verdictOf('liquidity', { ...shallow, ...old, liquidityUsd: 40_000 }, established)).toBe('fail')
  })

  it('measure liquidity against the market cap of the catalogue where it knows one', () => {
    const token = { ...unrankedToken(), marketCapUsd: 1e6 }
    expect(verdictOf('liquidity', { liquidityUsd: 60_000, marketCapUsd: 1e9 }, token)).toBe('pass')
    expect(verdictOf('liquidity', { liquidityUsd: 60_000 }, token)).toBe('pass')
  })

  it('let a pool grow older since it was told', () => {
    const check = safetyChecks.find(({ id }) => id === 'pool-age')!
    const token = unrankedToken()
    const evidence = evidenceOf(observed('told', token.id, { poolAgeMs: hours(20) }, hours(5)), token)
    expect(check.check(evidence)).toMatchObject({ verdict: 'pass', detail: 'its oldest pool is as old as 25 h (told)' })
  })

  it('say in one sentence what they saw and who said it', () => {
    const token = unrankedToken()
    const check = safetyChecks.find(({ id }) => id === 'mint-authority')!
    const all = [
      ...observed('calm', token.id, { mintable: false }),
      ...observed('alarm', token.id, { mintable: true }),
      ...observed('watch', token.id, { mintable: true }),
    ]
    expect(check.check(evidenceOf(all, token))).toEqual({
      verdict: 'fail',
      detail: 'more tokens can be minted at will (alarm, watch; denied by calm)',
      cites: ['alarm:mintable', 'calm:mintable', 'watch:mintable'],
    })
  })
})
