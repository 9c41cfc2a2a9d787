/** Where coins are talked about by many: each has moderators and more than 100,000 readers. */
export const subreddits = [
  'CryptoCurrency',
  'CryptoMarkets',
  'Bitcoin',
  'ethereum',
  'solana',
  'ethtrader',
  'altcoin',
].join('+')

/** The form the vendor wants; it refuses unnamed programs, and the owner of an installation is not asked for his account. */
export const redditAgent = { 'user-agent': 'server:pumpiq:0.1 (one self-hosted installation)' }
