import { tokenId, type Token } from '@pumpiq/domain'

/**
 * Native coins whose identity is beyond doubt: what can be asked for before the catalogue has answered for the first time. They bear no
 * rank and no market cap, for those are facts of the day, and only the catalogue knows them.
 */
const natives = [
  ['bitcoin', 'BTC', 'Bitcoin'],
  ['ethereum', 'ETH', 'Ethereum'],
  ['solana', 'SOL', 'Solana'],
  ['ripple', 'XRP', 'XRP'],
  ['dogecoin', 'DOGE', 'Dogecoin'],
  ['cardano', 'ADA', 'Cardano'],
  ['litecoin', 'LTC', 'Litecoin'],
  ['bitcoin-cash', 'BCH', 'Bitcoin Cash'],
] as const

export const knownTokens: readonly Token[] = natives.map(([chain, symbol, name]) => ({
  id: tokenId(`${chain}:native`),
  chain,
  address: 'native',
  symbol,
  name,
  catalogueId: chain,
  marketCapRank: null,
  marketCapUsd: null,
  priceUsd: null,
}))
