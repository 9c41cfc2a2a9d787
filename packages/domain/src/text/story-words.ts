const listed = (text: string): string[] => text.split(' ')

/** Words that carry no story: grammar, and what publishers and sharers put around one. */
export const emptyWords: ReadonlySet<string> = new Set(
  listed(
    'a an the this that these those and or but of in on at to for from by with as is are was were be been has have had will would can could may it its their his her our your my i we you they he she them us so than then there here what which who how why when where after before amid over into about out all more most just also very still yet ' +
      'rt via breaking news update updated alert exclusive report reports source sources read full story article link click watch video thread developing opinion says said say new latest today yesterday now per follow subscribe newsletter share min minute minutes amp http https www com coindesk cointelegraph decrypt theblock bloomberg reuters cnbc forbes utoday beincrypto newsbtc',
  ),
)

const ways: Readonly<Record<string, string>> = {
  up: 'up rise rises rising rose gain gains gained surge surges surged jump jumps jumped climb climbs climbed soar soars soared rally rallies rallied higher high bullish increase increases increased rebound rebounds recovers inflow inflows buy buys bought buying approve approves approved approval accept accepts accepted launch launches launched list lists listed resume resumes wins win won adds above',
  down: 'down fall falls falling fell drop drops dropped plunge plunges plunged slide slides slid sink sinks sank tumble tumbles tumbled dip dips dipped crash crashes crashed lose loses lost loss lower low bearish decrease decreases decreased slump slumps outflow outflows sell sells sold selling reject rejects rejected rejection deny denies denied halt halts halted delist delists delisted suspend suspends delays delay delayed below cuts cut',
  not: 'not no never without dont doesnt isnt wont cannot unlikely false fake',
}

const coins =
  'bitcoin/btc ethereum/eth/ether solana/sol ripple/xrp cardano/ada dogecoin/doge polkadot/dot avalanche/avax polygon/matic/pol litecoin/ltc chainlink/link binance/bnb tron/trx shiba/shib uniswap/uni cosmos/atom stellar/xlm monero/xmr near aptos/apt sui arbitrum/arb optimism/op toncoin/ton pepe bonk terra/luna filecoin/fil hedera/hbar algorand/algo tezos/xtz zcash/zec dash eos aave maker/mkr curve/crv injective/inj celestia/tia sei tether/usdt usdc dai coinbase kraken ftx okx bybit kucoin huobi gemini bitfinex celsius grayscale blackrock tesla microstrategy'

/** A word that makes two otherwise equal headlines tell of different things, by what it stands for. */
export const factWords: ReadonlyMap<string, string> = new Map([
  ...Object.entries(ways).flatMap(([way, words]) => listed(words).map((word): [string, string] => [word, way])),
  ...listed(coins).flatMap((names) => {
    const [first = '', ...others] = names.split('/')
    return [first, ...others].map((name): [string, string] => [name, `=${first}`])
  }),
  ...listed(
    'monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december q1 q2 q3 q4',
  ).map((day): [string, string] => [day, day]),
])
