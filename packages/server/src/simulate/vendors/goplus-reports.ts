import { decimalText } from '../decimals.ts'
import type { SimPool } from '../pools.ts'
import type { SimToken } from '../universe.ts'

export type Holder = { address: string; share: number; isPool: boolean }

/** What is known of a contract; shares are of the supply, those of the pool's holders of the pool. */
export type Facts = {
  token: SimToken
  /** A honeypot: it can be bought, and not sold. */
  isTrap: boolean
  maker: string
  pools: readonly SimPool[]
  totalSupply: number | null
  holderCount: number
  holders: readonly Holder[]
  poolHolders: readonly { address: string; share: number; isLocked: boolean }[]
}

const nobody = '0x0000000000000000000000000000000000000000'
const flag = (is: boolean): string => (is ? '1' : '0')
/** A share as a text without exponent. */
const part = (share: number): string => share.toFixed(12).replace(/\.?0+$/, '')
const amount = (share: number, supply: number | null): string =>
  supply === null ? '' : decimalText(Math.round(share * supply), 0)

/** On EVM chains: all flags are texts, and the empty one is unknown. */
export function evmReport({ token, isTrap, maker, pools, totalSupply, holderCount, ...facts }: Facts) {
  const none = '0'
  const trap = flag(isTrap)
  return {
    anti_whale_modifiable: none,
    buy_tax: '0',
    can_take_back_ownership: none,
    cannot_buy: none,
    cannot_sell_all: trap,
    creator_address: maker,
    creator_balance: amount(0.002, totalSupply),
    creator_percent: '0.002',
    dex: pools.map(({ dex, liquidityUsd, address }) => ({
      liquidity_type: 'UniV2',
      name: dex,
      liquidity: liquidityUsd.toFixed(8),
      pair: address,
    })),
    external_call: none,
    hidden_owner: trap,
    holder_count: String(holderCount),
    holders: facts.holders.map(({ address, share, isPool }) => ({
      address,
      tag: isPool ? 'Pool' : '',
      is_contract: isPool ? 1 : 0,
      balance: amount(share, totalSupply),
      percent: part(share),
      is_locked: 0,
    })),
    honeypot_with_same_creator: isTrap ? '3' : '0',
    is_anti_whale: none,
    is_blacklisted: trap,
    is_honeypot: trap,
    is_in_dex: flag(pools.length > 0),
    is_mintable: none,
    is_open_source: flag(!isTrap),
    is_proxy: none,
    is_whitelisted: none,
    lp_holder_count: String(facts.poolHolders.length),
    lp_holders: facts.poolHolders.map(({ address, share, isLocked }) => ({
      address,
      tag: '',
      is_contract: 0,
      balance: part(share * 1e6),
      percent: part(share),
      is_locked: isLocked ? 1 : 0,
    })),
    lp_total_supply: '1000000',
    owner_address: isTrap ? maker : nobody,
    owner_balance: '0',
    owner_change_balance: none,
    owner_percent: '0',
    personal_slippage_modifiable: none,
    selfdestruct: none,
    sell_tax: isTrap ? '1' : '0',
    slippage_modifiable: trap,
    token_name: token.name,
    token_symbol: token.symbol,
    total_supply: amount(1, totalSupply),
    trading_cooldown: none,
    transfer_pausable: none,
    transfer_tax: '0',
    trust_list: flag(token.dailyUsd >= 1e8),
  }
}

const noPower = { authority: [], status: '0' }

/** On Solana: powers that somebody still has, and what there is of pools. */
export function solanaReport({ token, maker, pools, totalSupply, holderCount, ...facts }: Facts) {
  return {
    balance_mutable_authority: noPower,
    closable: noPower,
    creators: [{ address: maker, malicious_address: 0 }],
    default_account_state: '1',
    default_account_state_upgradable: noPower,
    dex: pools.map(({ address, dex, liquidityUsd, priceUsd, openedAt }) => ({
      dex_name: dex,
      id: address,
      type: 'Standard',
      tvl: liquidityUsd.toFixed(2),
      price: String(priceUsd),
      lp_amount: null,
      fee_rate: '0.0025',
      burn_percent: 96,
      open_time: String(Math.floor(openedAt / 1_000)),
    })),
    freezable: noPower,
    holder_count: String(holderCount),
    holders: facts.holders.map(({ address, share, isPool }) => ({
      account: address,
      token_account: address,
      balance: amount(share, totalSupply),
      percent: part(share),
      is_locked: 0,
      locked_detail: [],
      tag: isPool ? 'Pool' : '',
    })),
    lp_holders: facts.poolHolders.map(({ address, share, isLocked }) => ({
      account: address,
      balance: part(share * 1e6),
      percent: part(share),
      is_locked: isLocked ? 1 : 0,
      locked_detail: [],
      tag: '',
    })),
    metadata: { name: token.name, symbol: token.symbol, uri: '', description: '' },
    metadata_mutable: { metadata_upgrade_authority: [], status: '0' },
    mintable: noPower,
    non_transferable: '0',
    total_supply: amount(1, totalSupply),
    transfer_fee: {},
    transfer_fee_upgradable: noPower,
    transfer_hook: [],
    transfer_hook_upgradable: noPower,
    trusted_token: token.dailyUsd >= 1e8 ? 1 : 0,
  }
}
