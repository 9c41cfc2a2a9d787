import type { WordList } from './word-list.ts'

/** What happens to coins, protocols and companies, and how good or bad it is. Tenths; from knowledge of the field. */
export const eventWords: readonly WordList[] = [
  // Theft, fraud, failure.
  [
    'value',
    -38,
    'hacked hacker+ hacking exploit~ exploited drained draining rug_pull+ rug_pulled rugged rugpull+ rugpulled rug ponzi exit_scam+ scammed scammer+ scamming embezzle~ defraud~ stolen steal steals stole stealing heist+ bankrupt bankruptcy insolvent insolvency chapter_11 defunct',
  ],
  [
    'value',
    -32,
    'fraudulent fraudster+ scam hack breach~ breached breaches attack~ attacker+ flash_loan_attack phishing malware ransomware ransom extort~ extortion theft_of vulnerability vulnerabilities critical_bug compromised private_key_leak leaked drainer+ looted siphon~ pyramid_scheme shady counterfeit fake bogus impostor+ imposter+ thief thieves cyberattack+ cryptojacking double_spend honeypot+ sandwich_attack',
  ],
  [
    'value',
    -28,
    'halt~_withdrawals halts_withdrawals halted_withdrawals pause~_withdrawals suspend~_withdrawals freeze_withdrawals froze_withdrawals suspend suspends suspended suspending suspension halt~ shut_down shuts_down shutting_down shutdown+ shutter~ wind_down winds_down cease~ cease_and_desist terminate~ abandon~ discontinue~ delist~ delisted delisting+ outage+ downtime went_down goes_down glitch glitches bug bugs malfunction~ dump~_on default~ed fail~ failure+ failing flop~ doomed',
  ],
  [
    'value',
    -24,
    'frozen freeze freezes freezing froze seize~ seizure+ confiscate~ blocked blacklist~ sanction~ sanctioned sanctions layoff laid_off lays_off lay_off+ job_cuts cut_jobs cuts_jobs staff_cuts restructuring resign~ resignation step~_down steps_down ousted fired exodus quit+ recall~ strike+ impairment write_down write_off writedown+ cancel~ cancelled canceled cancellation withdraw~_application pull~_out pulls_out',
  ],
  [
    'value',
    -12,
    'delay~ delayed delays postpone~ postponed setback+ congestion congested backlog clog~ clogged slow~_down slowdown slower disrupt~ disruption+ shortage+ bottleneck+ paused pause',
  ],
  // Courts and regulators.
  [
    'value',
    -30,
    'lawsuit+ sue sues sued suing class_action indict~ indictment+ arrest~ arrested convict~ convicted guilty pleads_guilty sentenced jail~ jailed prison imprisoned charged_with charges_against faces_charges criminal_charges fraud_charges wells_notice enforcement_action+ crackdown+ cracks_down crack_down outlaw~ ban bans banned banning prohibit~ prohibition illegal illegally unlawful unregistered_securities',
  ],
  [
    'value',
    -22,
    'fine fined fines penalty penalties probe+ probed probing investigate~ investigation+ subpoena+ accuse~ accused accusation+ allege~ alleged alleges allegedly allegation+ violate~ violation+ money_laundering launder~ laundering illicit terrorism terrorist+ terror_financing tax_evasion evasion criminal+ crime darknet dark_web silk_road dispute~ complaint denied_bail extradite~ extradition fugitive misconduct insider_trading market_manipulation manipulate~ manipulation manipulated misleading mislead~ antitrust restrict~ restriction+ curb+ curbs curbing tighten~ clampdown block+',
  ],
  [
    'value',
    -16,
    'oppose~ ditch~ spook~ ridicule~ under_fire under_attack stop stops stopped stopping denied_bail opposition objection+ disapprove~ condemn~ criticise~ criticize~ criticism critic+ slam~ slams slammed blast~ blame~ backlash controversy controversial warn~ warning+ alert+ threat+ threaten~ danger+ dangerous risky worry worries worried worrying skeptic+ skeptical scrutiny doubt+ doubtful outcry wary alarm~ alarming anti_crypto concerned regulatory_pressure environmental_concerns energy_consumption carbon_footprint pollution',
  ],
  [
    'value',
    26,
    'drop+_its_lawsuit drops_the_lawsuit drop+_all_charges drops_case drops_appeal ends_investigation ends_its_investigation closes_investigation dismiss~_lawsuit lawsuit_dismissed case_dismissed charges_dropped drops_lawsuit drop_charges drops_charges acquit~ not_guilty found_not_guilty settle~_lawsuit wins_lawsuit wins_case court_victory legal_victory cleared_of lift+_ban lifts_ban lifted_ban unban~ ends_probe no_plans_to_ban not_ban legal_tender legal_clarity regulatory_clarity',
  ],
  [
    'value',
    24,
    'approve~ approved approval+ greenlight~ green_light green_lights license+ licence+ licensed licensing granted grants_license wins_approval gets_approval obtain~ regulatory_approval receives_approval legalize~ legalise~ legalization etf_approval authorised authorized authorize~ clearance accredited compliant nod',
  ],
  // Listing, launch, alliances, money.
  [
    'mild',
    20,
    'list~ listed lists listing+ lists_on now_available available_on go~_live goes_live went_live going_live live_on launch~ launches launched launching relaunch~ debut~ rollout+ roll~_out rolls_out rolled_out rolling_out unveil~ introduce~ mainnet mainnet_launch release~ inaugurate~ open~_trading enable~ deploy~ ship~_mainnet add~_support adds_support support_for supports',
  ],
  [
    'mild',
    22,
    'partner partners partnered partnering partnership+ team~_up teams_up collaborate~ collaboration+ alliance+ join~_forces joins_forces integrate~ integration+ integrates adopt~ adopts embrace~ embraces accept~ accepts accepted acceptance sign~_deal signs_deal sign~_agreement signed_an_agreement signs_agreement deal+ contract+_worth win~_contract awarded agreement cooperation joint_venture onboard~ back~ed backed_by invest invests invested investing investment+ stake_in tap~ taps',
  ],
  [
    'mild',
    24,
    'expand~ expansion+ add~ raise+_million raise+_#m raises_$ raised_$ raise_$ funding funding_round series_a series_b series_c seed_round led_by secure~_funding secures closes_round fundraise~ fundraising grant+ donate~ donation+ acquire~ acquisition+ merger+ buyout oversubscribed unicorn treasury_purchase institutional_adoption institutional_demand institutional_interest',
  ],
  [
    'mild',
    18,
    'upgrade upgrades upgraded upgrading hard_fork_complete successful successfully success succeed~ achieve~ achievement+ milestone+ breakthrough+ innovative innovation+ innovate~ improve~ improvement+ enhance~ faster cheaper scalable scaling_solution scaling empower~ unlock~_value expand+_to expand~_into enters enter~_market win wins won winning winner+ pioneer~ leading lead~_the leader award+ first_ever world_first worlds_first largest',
  ],
  [
    'mild',
    14,
    'burn~ burned token_burn burns buy_back+ halving airdrop+ staking_rewards reward+ incentive+ bonus earn earns yield_farming mint~ partnership_with support supported plans_to_launch to_launch set_to_launch will_launch to_offer offers offering plans_to_offer file~_for_etf files_for etf_filing allow~ allows allowing let+_users now_accept+ eye~ new_feature+ hire~ hires hired appoint~ recruits expands tokenize~ tokenise~ bring~ brings_to complete~ completes completed unites rebrand~ revamp~ valued_at attract~ establish~ fund utility bridge_to cross_chain interoperability legal',
  ],
  ['value', -18, 'token_unlock+ unlock_of cliff_unlock+ vesting_unlock dilution dilute~ dilutive inflationary'],
  [
    'value',
    -10,
    'chain_split mt_gox_repayment+ mt_gox moves_to_exchange moved_to_exchange transfer+_to_exchange transferred_to_binance deposit~_to_binance sent_to_binance',
  ],
  [
    'value',
    10,
    'withdrawn_from_exchange+ leave~_exchange+ leaving_exchange+ off_exchange+ self_custody moved_off_exchange+ whale+_accumulate+ whale+_buy whale+_bought smart_money',
  ],
  [
    'mild',
    6,
    'join~ open opens opened opening announce~ become becomes became build building builds create~ powered access custody hub mainstream trademark+ ready in_talks turn~_to select~ chosen choose~ aim~ help~ give gives gave help~ double~_down pay~_in payment+ accelerator initiative ecosystem_fund new_exchange next_generation more_than_# over_#_million now cashback gamefi commit~ commitment mission empower~',
  ],
  [
    'value',
    -20,
    'hit_by hurt_by ddos_attack+ ddos fiasco bashing legal_challenge legal_trouble legal_storm wobble~ faltering falter~ crush~ push~_back loses_license license_revoked revoke~ boycott~ ban_on under_pressure red_flag+ whistleblower+ evacuate~ closure+ closing_down hurdle+ deadlock stalemate doom glut oversupply',
  ],
  [
    'value',
    22,
    'upgraded_to upgraded_at upgrades_to target_raised target_increased raised_to price_target_raised found_support comeback improves improving beat_by beats_by tops_forecast+ above_consensus raises_dividend hikes_dividend special_dividend swing~_to_profit swung_to_profit swung_to_a_profit turned_a_profit turned_to_profit return~_to_profit return_to_growth returns_to_growth cost_savings exceeded exceeds_expectations',
  ],
  [
    'value',
    -22,
    'downgraded_to target_cut target_lowered cut_to swung_to_a_loss swung_to_loss swing~_to_loss turned_to_loss posted_a_loss below_consensus below_estimates profit_fell',
  ],
  // Companies, in the words of their reports.
  [
    'value',
    14,
    'order_worth won_order order_for order_from contract+ awarded_contract new_order+ strong stronger strongest robust solid record best best_ever positive positively favorable favourable improved efficient efficiency competitive well_positioned competitiveness sustainable profitable creates_jobs new_jobs hiring double_digit_growth increases_dividend above_expectations ahead_of_expectations ahead_of_estimates outlook_raised raise+_guidance raises_outlook raises_forecast upbeat optimism optimistic confident satisfied pleased synergies turnaround',
  ],
  [
    'value',
    -16,
    'challenging difficult tough adverse negative negatively unfavorable unfavourable poor bleak dismal disappointing disappoint~ unprofitable loss_making lossmaking lay_offs redundancies personnel_reductions negotiations_personnel cut+_forecast cuts_outlook lowers_outlook lower+_guidance cut+_dividend suspends_dividend restated recession crisis turmoil unrest war conflict pandemic coronavirus outbreak hurt hurts hurting suffer~ hit_hard burden~ squeeze~ pressure pressured weigh~_on weighs_on trouble troubled troubles problem+',
  ],
  [
    'value',
    18,
    'rate_cut+ cut_rates cuts_rates cutting_rates cut_interest_rates fed_pivot stimulus easing dovish soft_landing truce trade_deal ceasefire quantitative_easing',
  ],
  [
    'value',
    -18,
    'rate_hike+ rate_increase+ raise+_rates raising_rates hikes_rates hike_rates hawkish quantitative_tightening hard_landing stagflation',
  ],
]
