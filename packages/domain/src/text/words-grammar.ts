import type { WordList } from './word-list.ts'

/** Words that say nothing good or bad themselves but change what others say. */
export const grammarWords: readonly WordList[] = [
  [
    'not',
    0,
    'not no never none neither nor without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt couldnt shouldnt hasnt havent hadnt aint nobody nothing hardly barely scarcely lack lacks lacking far_from rule~_out rules_out no_longer anything_but absence_of',
  ],
  [
    'not',
    -15,
    'fail~_to unable_to refuse~_to stop~_short_of struggle~_to reject~ deny denies denied denying decline~_to lose~_chance',
  ],
  [
    'not',
    0,
    'need_to needs_to must to_avoid avoid~ prevent~ end~ avert~ thwart~ foil~ recover~_from recovery_from rebound~_from mitigate~ reduce~_the_risk',
  ],
  [
    'more',
    5,
    'very extremely massive massively huge hugely really so incredibly insanely super sharply strongly significantly substantially dramatically heavily deeply highly hard badly absolutely completely totally definitely record major big biggest sudden suddenly rapidly quickly biggest_ever historic unprecedented enormous severe severely steep steeply whopping considerably markedly greatly',
  ],
  [
    'less',
    -4,
    'slightly somewhat slight marginally modestly modest moderately little a_bit kind_of kinda sort_of partly partially mildly mild briefly minor small gradually almost nearly potentially maybe perhaps might possibly could may rumor rumors rumour rumoured rumored reportedly',
  ],
  ['but', 0, 'but however yet nevertheless nonetheless still_though though'],
  [
    'despite',
    0,
    'despite although notwithstanding even_as even_though in_spite_of regardless_of shrug~_off shrugs_off brush~_off defy defies defying defied amid_calls while whereas',
  ],
  // Writing that tells no news: the wider the mark, the less of a direction is believed.
  [
    'calm',
    10,
    'price_analysis technical_analysis price_prediction+ market_analysis market_wrap how_to what_is what_are explained guide tutorial definition beginners faq recap roundup round_up podcast interview newsletter webinar ama weekly_report market_wrap things_to_know need_to_know everything_you_need here_is_what here_what here_how here_why here_are how_you_can nifty_news more_news and_more q_a #_things #_reasons #_ways #_tips #_charts #_metrics a_look_at look_back cohort_analysis case_study cheat_sheet quiz top_# #_best top_ten reasons_why vs versus compared comparison',
  ],
  [
    'calm',
    6,
    'price_forecast analysis prediction+ opinion op_ed column editorial explains explainer overview preview watch watchlist survey poll study research conference summit event expo transcript agenda schedule meeting webcast dividend_date press_release notice announcement_regarding annual_general_meeting',
  ],
  [
    'calm',
    3,
    'says said thinks believes claims argues tells urges predicts what why who whose where which when should could would can will_it is_it are_we might whether asks question+ debate~ discuss~ discussion talks consider~ mull~ mulls weigh~ weighs explore~ explores ponder~ propose~ proposal+',
  ],
  [
    'compare',
    0,
    'from compared_to compared_with versus vs against as_compared_to down_from up_from year_earlier year_ago corresponding_period as_against in_comparison_to in_comparison_with',
  ],
  [
    'crypto',
    0,
    'bitcoin btc ethereum eth ether crypto cryptos cryptocurrency cryptocurrencies blockchain blockchains protocol protocols validator validators onchain tokenized token tokens altcoin altcoins coin coins defi nft nfts stablecoin stablecoins dao daos web3 metaverse exchange exchanges binance coinbase kraken bitfinex okx kucoin huobi gemini ftx bybit bitstamp tether usdt usdc circle ripple xrp solana sol cardano ada dogecoin doge polkadot dot avalanche avax chainlink litecoin ltc shib shiba polygon matic uniswap aave terra luna arbitrum optimism monero zcash eos tron tezos cosmos stellar miner miners mining hash wallet wallets hodl satoshi satoshis sats lightning_network smart_contract smart_contracts dex dexes dapp dapps staking yield_farming mainnet testnet layer_2 zk rollup rollups digital_asset digital_assets digital_currency digital_currencies cbdc cbdcs ledger grayscale microstrategy etf gas_fees whale whales altseason decentralized decentralised ico icos ieo airdrop airdrops coindesk cointelegraph bitcoiners hodler hodlers',
  ],
]
