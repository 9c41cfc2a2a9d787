/**
 * Words that take each other's place in the phrases of hostile texts: `@name` in a phrase. A word that starts with `#` is what the scanner
 * makes of a piece that is no word: see `marks`. Written from knowledge of the schemes, not from any labelled text.
 */
export const flagWordGroups: Readonly<Record<string, string>> = {
  coin: 'btc eth sol bnb usdt usdc xrp doge trx ada shib ton ltc bitcoin bitcoins ethereum ether solana tether ripple crypto cryptos coin coins token tokens cryptocurrency nft nfts #cash',
  amount: '#num #money #mult #bigmult',
  percent: '#percent #bigpercent',
  multiple: '#mult #bigmult',
  money: '#money btc eth sol usdt bnb dollars usd bucks',
  wallet: 'wallet wallets metamask phantom ledger trezor trustwallet walletconnect dapp dapps',
  send: 'send sends sending sent deposit deposits transfer contribute pay',
  get: 'get gets receive receives receiving got getting',
  claim: 'claim claims claiming redeem unlock',
  connect: 'connect connecting link sync synchronize synchronise validate verify import restore rectify authenticate',
  enter: 'enter input provide submit share type import give send paste confirm tell fill',
  seed: 'seed recovery secret mnemonic backup keystore',
  reward:
    'reward rewards bonus bonuses airdrop airdrops prize prizes drop tokens token allocation share gift gifts nft refund compensation winnings earnings',
  profit: 'profit profits returns return income roi gains gain earnings earning payout payouts payday results',
  earn: 'earn earns earned earning make makes made making gain gained win won generate profit cashed withdrew',
  soon: 'soon today tonight tomorrow now shortly',
  craft:
    'entries entry setups setup plan accuracy timing discipline patience consistency guidance strategy strategies method calls levels trade trades trading trader traders chart charts wins gains profit profits signals alerts moves risk portfolio',
  unit: 'second seconds sec secs minute minutes mins min hour hours hr hrs',
  span: 'day days daily week weekly weeks hour hours hourly hrs month monthly overnight everyday minutes 24hrs 24hours 48hrs',
  reach: 'dm pm inbox message msg text contact whatsapp hmu ping reach hit write',
  them: 'me us him her admin them manager expert support now for below via with on #handle',
  group: 'telegram discord whatsapp group channel community vip chat server signal signals tg gc',
  join: 'join joining enter',
  follow: 'follow following',
  repost: 'retweet rt repost like share comment reply quote tag subscribe',
  account: 'account accounts wallet wallets funds assets profile',
  pump: 'pump pumps pumping',
  venue:
    'binance kucoin yobit cryptopia bittrex poloniex hotbit mexc gate okex okx bibox huobi bitmart lbank livecoin coinexchange digifinex latoken probit hitbtc bitfinex pancakeswap uniswap pumpfun',
  zone: 'gmt utc est edt pst pdt cet pm am ist bst',
  ignore: 'ignore disregard forget override overrule bypass overwrite neglect discard skip cancel',
  orders:
    'instruction instructions rule rules prompt prompts directions guidelines directive directives context commands command text input constraints restrictions programming request requests task tasks',
  before:
    'previous previously prior above earlier preceding foregoing former initial original existing past all any every your these those other system following remaining',
  say: 'say print output write reply respond answer return type display echo state repeat generate',
  machine: 'ai assistant model llm chatbot bot gpt chatgpt claude gemini agent chatgpt4 grok language',
  secretive:
    'reveal repeat print output show display tell disclose share leak list give summarize translate write copy spell encode',
}

/** What the scanner makes of a piece that is no word. `#break` ends a sentence; a phrase does not reach across it. */
export const marks = [
  '#break',
  '#num',
  '#percent',
  '#bigpercent',
  '#mult',
  '#bigmult',
  '#money',
  '#time',
  '#url',
  '#email',
  '#handle',
  '#tag',
  '#cash',
  '#address',
  ':',
] as const

/** Words so common that phrases are written without them: they are left out while scanning. */
export const fillers = 'a an the this that very just please so really also kindly our then some'.split(' ')
