import type { Danger, FigureName } from '@pumpiq/domain'
import { z } from 'zod'
import { Decimal } from './bars.ts'
import { sameAddress } from './pools.ts'
import { isBurnt, shareOf, sumOfShares } from './shares.ts'

/** Absent and empty both mean that it is not known. */
export const Flag = z
  .enum(['0', '1', ''])
  .nullish()
  .transform((text) => (text === '1' ? true : text === '0' ? false : null))

export const Amount = z
  .union([z.literal(''), Decimal])
  .nullish()
  .transform((value) => (typeof value === 'number' ? value : null))

const Holder = z.object({
  address: z.string(),
  percent: Decimal,
  is_locked: z.union([z.literal(0), z.literal(1)]),
})
type Holder = z.output<typeof Holder>

/** A token's security report on EVM chains; all flags are texts. */
export const EvmReport = z.object({
  anti_whale_modifiable: Flag,
  buy_tax: Amount,
  can_take_back_ownership: Flag,
  cannot_buy: Flag,
  cannot_sell_all: Flag,
  creator_address: z.string().nullish(),
  creator_percent: Amount,
  dex: z.array(z.object({ pair: z.string().nullish() })).nullish(),
  fake_token: z.object({ value: z.union([z.literal(1), z.literal('1'), z.literal(0), z.literal('0')]) }).nullish(),
  hidden_owner: Flag,
  holder_count: Amount,
  holders: z.array(Holder).nullish(),
  /** How many. */
  honeypot_with_same_creator: Amount,
  is_airdrop_scam: Flag,
  is_blacklisted: Flag,
  is_honeypot: Flag,
  is_mintable: Flag,
  is_open_source: Flag,
  is_proxy: Flag,
  lp_holders: z.array(Holder).nullish(),
  owner_address: z.string().nullish(),
  owner_change_balance: Flag,
  owner_percent: Amount,
  personal_slippage_modifiable: Flag,
  selfdestruct: Flag,
  sell_tax: Amount,
  slippage_modifiable: Flag,
  total_supply: Amount,
  trading_cooldown: Flag,
  transfer_pausable: Flag,
  transfer_tax: Amount,
  trust_list: Flag,
})
type EvmReport = z.output<typeof EvmReport>

/** `is_whitelisted`, `external_call` and `is_anti_whale` are left out: many harmless contracts have them. */
export const evmHazards = (report: EvmReport): Partial<Record<Danger, boolean | null>> => ({
  honeypot: report.is_honeypot,
  mintable: report.is_mintable,
  pausable: report.transfer_pausable,
  blacklist: report.is_blacklisted,
  balanceChangeable: report.owner_change_balance,
  ownerHidden: report.hidden_owner,
  ownershipReclaimable: report.can_take_back_ownership,
  upgradeable: report.is_proxy,
  selfDestruct: report.selfdestruct,
  sourceClosed: report.is_open_source === null ? null : !report.is_open_source,
  sellRestricted: report.cannot_buy || report.cannot_sell_all,
  taxChangeable: either(report.slippage_modifiable, report.personal_slippage_modifiable),
  tradingCooldown: report.trading_cooldown,
  limitsChangeable: report.anti_whale_modifiable,
  makerKnownBad: report.honeypot_with_same_creator === null ? null : report.honeypot_with_same_creator > 0,
  fake: isFake(report),
})

/** True if one is, false if both are known not to be. */
const either = (one: boolean | null, other: boolean | null): boolean | null =>
  one || other ? true : one === null || other === null ? null : false

/** It names counterfeits and bait; the tokens of its list of trust are neither. Of all others it does not say. */
function isFake({ fake_token, is_airdrop_scam, trust_list }: EvmReport): boolean | null {
  if (Number(fake_token?.value ?? 0) === 1 || is_airdrop_scam) return true
  return trust_list ? false : null
}

export function evmFigures(report: EvmReport): Partial<Record<FigureName, number | null>> {
  return {
    buyTaxRatio: shareOf(report.buy_tax),
    sellTaxRatio: shareOf(report.sell_tax),
    transferFeeRatio: shareOf(report.transfer_tax),
    holders: report.holder_count,
    supply: report.total_supply,
    top10Ratio: topShare(report),
    developerRatio: developerShare(report),
    ...poolShares(report),
  }
}

/** Of the ten holders it tells: without its pools, locks and burnt tokens they are fewer than ten, and the share a least one. */
function topShare({ holders, dex }: EvmReport): number | null {
  if (!holders || holders.length === 0) return null
  const pools = (dex ?? []).flatMap(({ pair }) => (pair ? [pair] : []))
  const free = holders.filter(
    ({ address, is_locked }) =>
      is_locked === 0 && !isBurnt(address) && !pools.some((pair) => sameAddress(pair, address)),
  )
  return sumOfShares(free.map(({ percent }) => percent))
}

/** What the creator and the owner hold; a burnt ownership owns nothing. */
function developerShare({ creator_address, creator_percent, owner_address, owner_percent }: EvmReport): number | null {
  const owned = owner_address && !isBurnt(owner_address) ? owner_percent : null
  if (creator_percent === null) return shareOf(owned)
  const same = creator_address && owner_address ? sameAddress(creator_address, owner_address) : false
  return sumOfShares([creator_percent, same ? 0 : (owned ?? 0)])
}

/** Whose the pool's tokens are: locked or burnt ones cannot be pulled, those of the creator or the owner can. */
function poolShares({ lp_holders, creator_address, owner_address }: EvmReport) {
  if (!lp_holders || lp_holders.length === 0) return {}
  const isLocked = ({ address, is_locked }: Holder) => is_locked === 1 || isBurnt(address)
  const isMaker = ({ address }: Holder) =>
    [creator_address, owner_address].some((maker) => maker && sameAddress(maker, address))
  const share = (holders: readonly Holder[]) => sumOfShares(holders.map(({ percent }) => percent))
  return {
    lpLockedRatio: share(lp_holders.filter(isLocked)),
    lpCreatorRatio:
      creator_address || owner_address
        ? share(lp_holders.filter((holder) => isMaker(holder) && !isLocked(holder)))
        : null,
  }
}
