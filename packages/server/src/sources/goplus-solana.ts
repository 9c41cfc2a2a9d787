import type { Danger, FigureName } from '@pumpiq/domain'
import { z } from 'zod'
import { Decimal } from './bars.ts'
import { Amount, Flag } from './goplus-evm.ts'
import { isBurnt, percentOf, sumOfShares } from './shares.ts'

/** A power over the token, and whether somebody still has it. */
const Power = z
  .object({ status: Flag })
  .nullish()
  .transform((power) => power?.status ?? null)

const Holder = z.object({
  account: z.string(),
  percent: Decimal,
  is_locked: z.union([z.literal(0), z.literal(1)]),
})
type Holder = z.output<typeof Holder>

const Dex = z.object({ id: z.string().nullish(), tvl: Amount, burn_percent: z.number().min(0).nullish() })

/** A token's security report on Solana. */
export const SolanaReport = z.object({
  balance_mutable_authority: Power,
  closable: Power,
  creators: z
    .array(z.object({ address: z.string(), malicious_address: z.union([z.literal(0), z.literal(1)]) }))
    .nullish(),
  /** As the token program counts: 1 is open, 2 is frozen. */
  default_account_state: z.enum(['0', '1', '2', '']).nullish(),
  default_account_state_upgradable: Power,
  dex: z.array(Dex).nullish(),
  freezable: Power,
  holder_count: Amount,
  holders: z.array(Holder).nullish(),
  lp_holders: z.array(Holder).nullish(),
  mintable: Power,
  non_transferable: Flag,
  total_supply: Amount,
  transfer_fee: z.record(z.string(), z.unknown()).nullish(),
  transfer_fee_upgradable: Power,
  transfer_hook: z.array(z.unknown()).nullish(),
  transfer_hook_upgradable: Power,
  trusted_token: z.number().nullish(),
})
type SolanaReport = z.output<typeof SolanaReport>

export const solanaHazards = (report: SolanaReport): Partial<Record<Danger, boolean | null>> => ({
  mintable: report.mintable,
  freezable: report.freezable || report.default_account_state_upgradable ? true : report.freezable,
  permanentDelegate: report.balance_mutable_authority,
  transferHook:
    (report.transfer_hook ?? []).length > 0 || report.transfer_hook_upgradable
      ? true
      : report.transfer_hook
        ? report.transfer_hook_upgradable
        : null,
  taxChangeable: report.transfer_fee_upgradable,
  selfDestruct: report.closable,
  sellRestricted: isStuck(report),
  makerKnownBad: report.creators?.some(({ malicious_address }) => malicious_address === 1) ? true : null,
  fake: report.trusted_token === 1 ? false : null,
})

/** Whoever buys cannot pass it on: it is not transferable, or new accounts begin frozen. */
function isStuck({ non_transferable, default_account_state: state }: SolanaReport): boolean | null {
  if (non_transferable || state === '2') return true
  return non_transferable === false && (state === '0' || state === '1') ? false : null
}

export function solanaFigures(report: SolanaReport): Partial<Record<FigureName, number | null>> {
  return {
    // Of a fee that there is, the manual does not tell the form.
    transferFeeRatio: report.transfer_fee && Object.keys(report.transfer_fee).length === 0 ? 0 : null,
    holders: report.holder_count,
    supply: report.total_supply,
    top10Ratio: topShare(report),
    developerRatio: creatorShare(report),
    ...poolShares(report),
  }
}

/** The accounts that own the vaults of all pools of a programme: of Raydium's first one and of its constant-product one. */
const poolOwners = new Set([
  '5Q544fKrFoe6tsEbD7S8EmxGTJYAKtTVhAW5Q5pge4j1',
  'GpMZbSM2GgvTKHJirzeGfMFoaZ8UR2X7F4v8vHTvxFbL',
])

/** Of the holders it tells, without pools, locks and burnt tokens: a least one. */
function topShare({ holders, dex }: SolanaReport): number | null {
  if (!holders || holders.length === 0) return null
  const pools = new Set((dex ?? []).map(({ id }) => id))
  const free = holders.filter(
    ({ account, is_locked }) => is_locked === 0 && !isBurnt(account) && !pools.has(account) && !poolOwners.has(account),
  )
  return sumOfShares(free.slice(0, 10).map(({ percent }) => percent))
}

/** Only where a creator is among the largest holders: what a smaller one holds is not told. */
function creatorShare({ creators, holders }: SolanaReport): number | null {
  const makers = new Set((creators ?? []).map(({ address }) => address))
  const theirs = (holders ?? []).filter(({ account }) => makers.has(account))
  return theirs.length === 0 ? null : sumOfShares(theirs.map(({ percent }) => percent))
}

/**
 * Burnt is told of every pool, and weighed by what is in it; who holds the rest, of the main pool only, which stands for all. The locked
 * part of the rest cannot be pulled either.
 */
function poolShares({ dex, lp_holders, creators }: SolanaReport) {
  const told = (dex ?? []).filter(({ tvl, burn_percent }) => (tvl ?? 0) > 0 && burn_percent != null)
  const depth = told.reduce((sum, { tvl }) => sum + tvl!, 0)
  const burnt = depth > 0 ? told.reduce((sum, { tvl, burn_percent }) => sum + (tvl! / depth) * burn_percent!, 0) : null
  const burntShare = percentOf(burnt)
  const makers = new Set((creators ?? []).map(({ address }) => address))
  const share = (isOne: (holder: Holder) => boolean) =>
    sumOfShares((lp_holders ?? []).filter(isOne).map(({ percent }) => percent))
  if (!lp_holders || lp_holders.length === 0) return { lpLockedRatio: burntShare }
  const locked = share(({ account, is_locked }) => is_locked === 1 || isBurnt(account))
  return {
    lpLockedRatio: burntShare === null ? locked : burntShare + (1 - burntShare) * locked,
    lpCreatorRatio: makers.size > 0 ? share(({ account, is_locked }) => is_locked === 0 && makers.has(account)) : null,
  }
}
