/** Chains that carry tokens, by the vendor's ids: some are not the ids other sources use. */
const platform = (
  id: string,
  chainIdentifier: number | null,
  name: string,
  shortname: string,
  nativeCoinId: string,
) => ({
  id,
  chain_identifier: chainIdentifier,
  name,
  shortname,
  native_coin_id: nativeCoinId,
  image: {
    thumb: `https://coin-images.coingecko.com/asset_platforms/images/0/thumb/${id}.png`,
    small: `https://coin-images.coingecko.com/asset_platforms/images/0/small/${id}.png`,
    large: `https://coin-images.coingecko.com/asset_platforms/images/0/large/${id}.png`,
  },
})

export const assetPlatforms = [
  platform('ethereum', 1, 'Ethereum', 'Ethereum', 'ethereum'),
  platform('binance-smart-chain', 56, 'BNB Smart Chain', 'BSC', 'binancecoin'),
  platform('solana', null, 'Solana', 'Solana', 'solana'),
  platform('base', 8_453, 'Base', 'Base', 'ethereum'),
  platform('arbitrum-one', 42_161, 'Arbitrum One', 'Arbitrum', 'ethereum'),
  platform('optimistic-ethereum', 10, 'Optimism', 'Optimism', 'ethereum'),
  platform('avalanche', 43_114, 'Avalanche', 'AVAX', 'avalanche-2'),
  platform('near-protocol', null, 'Near Protocol', 'near', 'near'),
  platform('cardano', null, 'Cardano', 'Cardano', 'cardano'),
  platform('tron', null, 'TRON', '', 'tron'),
]
