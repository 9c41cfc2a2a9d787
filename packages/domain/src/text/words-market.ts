import type { WordList } from './word-list.ts'

/** How prices and figures move, what moves, and the talk of markets. Tenths; from knowledge of the field, not from any published list. */
export const marketWords: readonly WordList[] = [
  // Movements: up and down are good and bad only by what moves.
  ['up', 30, 'skyrocket~ moon~ explode~ soar~ surge~ rocket~ spike~ catapult~'],
  [
    'up',
    26,
    'jump~ rally rallies rallied rallying leap~ climb~ boom~ accelerate~ double~ triple~ quadruple~ multiply~',
  ],
  [
    'up',
    22,
    'rise rises rose risen rising gain~ increase~ grow grows grew grown growing growth advances uptick+ upswing upside',
  ],
  ['up', 20, 'widen~ higher upward upwards uptrend swell~ heighten~ escalate~ strengthen~ appreciate~'],
  [
    'up',
    18,
    'raise~ lift~ boost~ hike~ elevate~ recover~ rebound~ bounce~ recovery recoveries bounce_back bounces_back bounced_back',
  ],
  ['up', 12, 'up high highs edge~_up edge~_higher inch~_up inch~_higher tick~_up creep~_up'],
  [
    'down',
    30,
    'plummet~ plunge~ crash~ collapse~ nosedive~ crater~ tanks tanked tanking freefall free_fall implode~ crumble~',
  ],
  [
    'down',
    26,
    'tumble~ slump~ slide slides slid sliding sink sinks sank sunk sinking dive~ dove dump~ slash~ shed sheds shedding erase~ erode~ evaporate~',
  ],
  [
    'down',
    22,
    'fall falls fell fallen falling drop drops dropped dropping decline~ decrease~ lose loses lost losing shrink shrinks shrank shrunk shrinking downtrend downturn downswing downside retreat~ contracting weaken~',
  ],
  [
    'down',
    18,
    'dip dips dipped dipping slip slips slipped slipping lower lowers lowered lowering down downward downwards reduce~ reduction+ cut cuts cutting narrow~ diminish~ deteriorate~ eases eased easing cools cooled cooling cool~_off subside~ fade~ retrace~ pullback+ pull_back pulls_back pulled_back',
  ],
  ['down', 12, 'low lows edge~_down edge~_lower inch~_down inch~_lower tick~_down drift~_lower'],
  ['up', 24, 'up_# up_by_# up_over_# up_nearly_# up_more_than up_about_# up_some_# up_from up_sharply'],
  [
    'down',
    24,
    'down_# down_by_# down_over_# down_nearly_# down_more_than down_about_# down_some_# down_from down_sharply',
  ],
  // What moves. Polarity first: +1 where more is better; then what it tells when nothing moves it.
  [
    'good-object',
    0,
    'price+ share+ stock+ market+ bitcoin btc ether ethereum eth altcoin+ token+ coin+ crypto cryptocurrency cryptocurrencies xrp solana sol cardano ada bnb dogecoin doge polkadot litecoin ltc avalanche avax polygon matic shib chainlink tron stellar monero zcash uniswap aave defi nft nfts miner+ value valuation+ index indexes futures nasdaq dow',
  ],
  [
    'good-object',
    2,
    'revenue+ sale+ earnings income turnover eps margin+ dividend+ demand ebit ebitda cash_flow order_intake output production guidance forecast+ outlook',
  ],
  ['good-object', 10, 'profit+ profitability operating_profit net_profit pretax_profit net_income'],
  [
    'good-object',
    3,
    'adoption volume+ tvl liquidity user+ address addresses hashrate hash_rate burn_rate+ funding_rate+ growth_rate+ adoption_rate+ success_rate+ activity market_cap open_interest staking reserves inflation_adjusted yield+ deposit+ holding+ holder+ wallet+ interest sentiment confidence',
  ],
  ['good-object', 16, 'inflow+ buying_pressure accumulation'],
  ['bad-object', -4, 'inflation cpi unemployment jobless_claims'],
  [
    'bad-object',
    0,
    'fee+ gas_fee+ cost+ expense+ interest_rate+ rate+ bond_yield+ treasury_yield+ tax_rate supply circulating_supply exchange_reserve+ exchange_balance+ exchange_supply exchange_inflow+ transaction_fee+ gas_price+ spending dollar dxy dominance',
  ],
  ['bad-object', -10, 'debt+ deficit+ liability liabilities volatility tariff+ tax taxes bad_debt'],
  [
    'bad-object',
    -17,
    'loss losses net_loss operating_loss selling_pressure sell_pressure liquidation+ outflow+ withdrawal+ redemption+ short_interest default+ delinquencies complaint+ claim+_against risk+ concern+ fear+ tension+ infection+ case+_of uncertainty',
  ],
  ['good-object', 14, 'exchange_outflow+ outflow+_from_exchange+ exchange_withdrawal+'],
  ['up', 26, '#_day_high+ #_week_high+ #_month_high+ #_year_high+ week_high+ month_high+ year_high+ decade_high+'],
  ['down', 26, '#_day_low+ #_week_low+ #_month_low+ #_year_low+ week_low+ month_low+ year_low+ decade_low+'],
  // Levels: a price that is reached is told when it rose to it.
  [
    'value',
    14,
    'hit~_# hits_# hits_#k hit_#k reach~_# reach~_#k near~_# near~_#k cross~_# cross~_#k past_# past_#k above_# above_#k tops_# tops_#k eye~_# eye~_#k retake~ retake~_#k to_#k back_above back_over',
  ],
  ['value', -14, 'below_# below_#k under_# under_#k back_below back_under sub_# sub_#k'],
  ['bad-object', -28, 'crime+ scam+ hack+ fraud+ theft+ bankruptcies layoff+ job_cut+'],
  // Talk of traders.
  [
    'value',
    32,
    'ath aths all_time_high+ new_all_time_high+ record_high+ new_high+ multi_year_high+ highest_ever highest_since golden_cross bull_run bull_market parabolic',
  ],
  [
    'value',
    25,
    'bullish bull bulls breakout+ break~_out breaks_above broke_above breaking_above break_above break+_resistance broke_resistance breaking_resistance short_squeeze outperform~ all_time_record new_record break+_record+ broke_record+ breaks_through broke_through uptober',
  ],
  [
    'value',
    20,
    'accumulate~ buy_the_dip buying_the_dip btfd hodl hodling hodlers diamond_hands oversold undervalued upside_potential bottomed bottomed_out bottom_is_in higher_low+ higher_high+ to_the_moon green_candle+ in_the_green beat~_expectations beats beat tops_expectations top_estimates tops_estimates exceed~ surpass surpasses surpassed surpassing overtake overtakes overtook flip~_resistance',
  ],
  ['mild', 14, 'buy buys bought buying purchase~ long longs top~ topped set~_record hit~_record momentum'],
  [
    'value',
    14,
    'rerate outpace~ outshine~ reclaim~ regain~ support_holds holds_support defend~ u_turn hold~_above stabilize~ stabilise~ resilient resilience resume~ upgrade_to_buy overweight price_target_raised buyback+ repurchase~',
  ],
  [
    'value',
    -32,
    'rekt wiped_out wipe+_out capitulate~ capitulation bloodbath carnage massacre death_spiral meltdown rout routed bear_market death_cross lowest_since lowest_level record_low+ multi_year_low+ new_low+ worst worst_day worst_week worst_month all_time_low+',
  ],
  [
    'value',
    -26,
    'bearish bear bears liquidated liquidate~ sell_off+ selloff+ selling_off margin_call+ break_below breaks_below broke_below breaking_below breakdown+ below_support lose~_support lost_support crypto_winter depeg~ depegged de_peg depegging loses_peg lost_peg lose_peg halves wane~ bubble+ panic panicked panicking hemorrhage~ red_candle+ in_the_red paper_hands',
  ],
  [
    'value',
    -18,
    'sell sells sold selling correction+ overbought overvalued overheated rejected_at rejection lower_high+ lower_low+ short_seller+ shorted headwind+ underperform~ lag~ lags lagged stall~ stagnate~ sluggish lackluster struggle~ downgrade~ underweight price_target_cut miss misses missed missing_expectations below_expectations profit_warning profit_taking drawdown+ weakness weak weaker soft softer jitters gloom pessimism pessimistic',
  ],
  [
    'value',
    -12,
    'bagholder+ exit_liquidity resistance short shorts volatile choppy uncertain consolidate~_below caution cautious cautions warning_sign+ dead_cat_bounce overextended underwater',
  ],
]
