import type { EventType } from '../words/claim.ts'

/** Signs of an event: its weight and words, written as in the word lists. From knowledge of the field. Of equal sums the earlier event wins. */
export const eventPhrases: readonly (readonly [event: EventType, weight: number, words: string])[] = [
  [
    'hack',
    4,
    'hack hacks hacked hacker+ hacking exploit~ drained draining drainer+ stolen steals stole heist+ rug_pull+ rugpull+ rugged exit_scam+ flash_loan_attack+ breach~ breached cyberattack+ compromised phishing_attack+ private_key_leak+',
  ],
  ['hack', 2, 'vulnerability vulnerabilities attack attacker+ phishing malware ransomware scam+ theft ponzi fraud'],
  [
    'delisting',
    5,
    'delist~ delists delisted delisting+ removed_from_trading ends_trading_of stop+_trading_of removal_of_trading',
  ],
  [
    'outage',
    4,
    'outage+ downtime halt~_withdrawals halts_withdrawals halted_withdrawals halting_withdrawals suspend~_withdrawals pause~_withdrawals freeze+_withdrawals froze_withdrawals suspend~_deposits network_halt+ chain_halt+ chain_halted goes_offline went_offline goes_down went_down restart+_network bankrupt bankruptcy insolvent insolvency chapter_11',
  ],
  [
    'outage',
    2,
    'congestion offline glitch glitches bug bugs halted suspended suspends paused maintenance depeg~ depegged depegging loses_peg lost_peg',
  ],
  ['etf', 5, 'etf etfs etp etps exchange_traded_fund+ spot_bitcoin_fund+'],
  [
    'lawsuit',
    4,
    'lawsuit+ sue sues sued suing class_action+ indict~ indictment+ arrest~ arrested charged_with fraud_charges criminal_charges pleads_guilty pleaded_guilty convicted sentenced extradite~ extradition settlement verdict',
  ],
  [
    'lawsuit',
    2,
    'court courts judge judges trial prosecutor+ prosecution jail prison attorney+ legal_battle legal_action charges guilty subpoena+ probe+ investigation+ investigate~ appeal+ complaint ruling',
  ],
  ['unlock', 5, 'token_unlock+ unlock_of cliff_unlock+ vesting unlocks_# vesting_cliff'],
  ['unlock', 2, 'unlock unlocks unlocked unlocking'],
  [
    'listing',
    4,
    'listing listings lists listed list_on lists_on listed_on now_trading_on starts_trading begins_trading trading_pair+ adds_trading perpetual_listing will_list to_list trading_opens debuts_on added_to_coinbase_roadmap',
  ],
  ['burn', 4, 'burn burns burned burning burnt burn_rate token_burn+ coin_burn+ buyback+ buy_back+ buys_back'],
  ['airdrop', 5, 'airdrop airdrops airdropped airdropping retroactive_reward+'],
  [
    'upgrade',
    4,
    'upgrade upgrades upgraded upgrading hard_fork+ hardfork+ soft_fork+ fork forks protocol_update+ network_update the_merge eip eip_# halving halvening sharding migrate~ migration improvement_proposal+',
  ],
  [
    'funding',
    4,
    'raise+_#m raise+_#_million raises_#m raised_#m raises_#_million raised_#_million raise+_#b raising_#m raise+_funds raising_funds funding_round+ funding series_a series_b series_c seed_round+ venture_capital led_by fundraise~ fundraising acquire~ acquisition+ merger takeover buyout ipo token_sale+ private_sale',
  ],
  [
    'funding',
    2,
    'invest invests invested investment+ investor_backed backed_by valuation valued_at grant+ donate~ donation+ stake_in crowdfunding ico',
  ],
  [
    'whale',
    4,
    'whale whales large_holder+ dormant_address dormant_wallet+ dormant dormant_bitcoin large_transfer+ large_transaction+ exchange_inflow+ exchange_outflow+ exchange_reserve+ exchange_balance+ inflow+_to_exchange+ outflow+_from_exchange+ withdrawn_from_exchange+ transferred_to_exchange moved_to_exchange smart_money wallet_linked_to',
  ],
  ['whale', 2, 'accumulate~ accumulation purchased_# buys_another inflow+ outflow+ holdings treasury_purchase'],
  [
    'partnership',
    4,
    'partner partners partnered partnering partnership+ collaborate~ collaboration+ team~_up teams_up joins_forces join~_forces alliance+ joint_venture integrate~ integration+ deal_with agreement_with works_with signs_with',
  ],
  [
    'partnership',
    2,
    'adopt~ adoption accept~ accepts accepting agreement+ deal deals sponsor~ sponsorship joins selects chooses onboard~ support_for adds_support',
  ],
  [
    'regulation',
    3,
    'sec cftc regulator+ regulation+ regulatory legislation lawmaker+ senate senator+ congress parliament finance_ministry financial_watchdog watchdog mica fca finma finra ban bans banned banning prohibit~ legal_tender license+ licence+ licensed central_bank+ cbdc cbdcs sanction+ sanctioned sanctions crackdown+ compliance aml kyc crypto_bill money_laundering legalize~ legalise~ unregistered_securities unregistered',
  ],
  [
    'regulation',
    2,
    'law laws bill tax taxes taxation policy policies rules government+ ministry approve~ approval+ executive_order consultation framework seize~ seized illegal',
  ],
  [
    'macro',
    4,
    'fed federal_reserve fomc cpi ppi inflation interest_rate+ rate_hike+ rate_cut+ hikes_rates cuts_rates cut_rates gdp unemployment jobs_report nonfarm_payrolls payrolls recession treasury_yield+ bond_yield+ ecb bank_of_england bank_of_japan dollar_index dxy tariff+ quantitative_easing quantitative_tightening stagflation',
  ],
  [
    'macro',
    2,
    'economy economic war geopolitical stimulus stocks equities s_p_# nasdaq wall_street dollar yields gold pandemic',
  ],
  [
    'launch',
    4,
    'launch launches launched launching relaunch~ mainnet debut+ debuted unveil~ unveils roll~_out rolls_out rolled_out rollout goes_live went_live go_live now_live introduces introduce~ testnet',
  ],
  [
    'launch',
    2,
    'release releases released releasing announce~ beta new_product+ new_platform opens deploy~ mint~ live_on',
  ],
  [
    'price',
    3,
    'price prices price_analysis price_prediction+ all_time_high+ ath bull_market bear_market bull_run market_cap sell_off+ selloff+ short_squeeze liquidation+ liquidated liquidations resistance support_level+ breakout+ technical_analysis golden_cross death_cross market_wrap market_update',
  ],
  [
    'price',
    2,
    'surge~ surges soar~ soars rally rallies rallied rallying jump~ jumps climb~ gain gains gained rise rises rose rising drop drops dropped plunge~ plunges plummet~ crash~ crashes tumble~ slump~ slide slides slid fall falls fell falling dip dips dipped decline~ declines slip slips slipped tank tanks tanked dump dumps dumped pump pumps pumped rebound~ recover~ bullish bearish bulls bears moon mooning support volatility trades_at trading_at hits_# reaches_# tops_# hits_#k tops_#k above_#k below_#k bottom correction',
  ],
]
