/** How fraud speaks: `..` stands for up to four words, `|` for either, `/` ends a phrase. */
export const scamPhrases: Readonly<Record<string, string>> = {
  giveaway: 'giveaway / giveaways / give away / giving away / gift away / giving .. free / giving @money',
  sendBack:
    '@send .. back .. double|doubled|twice|@multiple / double|triple|multiply your|ur .. @coin|money|investment|deposit|funds|capital|income / @get .. double|twice|triple .. back / @get|send @multiple back / will be doubled|multiplied|tripled / sends|send .. @get|back @amount / @get @multiple .. sent|send|deposit / @send @amount .. @get @amount / double|doubles|doubled every|your',
  seedAsk:
    '@enter|@connect|need|want .. @seed phrase|words|key|phrases|backup / @enter|@connect .. private key|keys / @enter .. 12|24 word|words / @seed phrase .. @enter|below|here|form / #num word|words phrase|@seed',
  seed: '@seed phrase|phrases|words / private key|keys / mnemonic / passphrase',
  neverShare:
    'never|dont|not|nobody|anyone .. @enter|ask|asks|asking .. @seed|private|password / never|dont|not .. @connect|click|dm / never ask|dm|message / will never / wont ask|dm',
  connectWallet:
    '@connect .. @wallet / @wallet connection|validation|verification|synchronization|synchronisation|rectification|restoration / authorize|approve|sign .. @wallet|transaction',
  claimReward:
    'claim|claiming|redeem|unlock .. @reward|free|yours|@money / claims .. live|open|eligible / @claim your|ur|now|here|yours|before|up / @claim is|are live|open|now / unclaimed / claimable / eligible .. @claim|@reward|@get / check .. eligibility|eligible|allocation / @reward .. @claim .. now|here|below / airdrop checker / claim portal|page|site|link',
  dropLive:
    'airdrop|airdrops|drop|claims|claim|registration live|open|now|confirmed|started|alert / airdrop|drop .. is|are|now live|open / snapshot taken|done|complete|completed',
  freeCoins:
    'free @coin|airdrop|mint|money|spins|spin|bonus|cash|bitcoin / free .. @coin|money .. every|daily|hour / get|win|earn free',
  urgency:
    'hurry / limited time|spots|slots|supply|seats|offer|places / dont|do not miss|sleep / last chance|call|hours|day / act now|fast|quick|quickly / ends|ending|expires|closes|closing soon|today|tonight|in / only #num .. left|remaining|spots|slots|people|wallets / first #num .. people|users|wallets|participants|members|to|person|followers / before .. late|gone|over|ends|closes / few spots|slots|hours|places / while .. lasts|last / fcfs / within #num @unit / #num @unit only|left / immediately / asap / now or never',
  guaranteed:
    'guaranteed|guarantee|guarantees|assured .. @profit|win|results|daily|@percent|success|allocation|reward / @profit .. guaranteed|assured / risk free / no|zero|without risk|risks|loss|losses|stress|scam / 100% @profit|legit|safe|sure|guaranteed|accurate|accuracy|secure|trusted|real / 100 legit|safe|sure / #percent legit|accuracy|accurate|winrate|guaranteed / #bigpercent legit|sure|accuracy|accurate|guaranteed|safe|trusted|winrate / legit|legitimate|trusted .. platform|investment|site|trader|hacker|manager|company|mining|broker|plug / cant lose / never lose|loses|lost',
  yield:
    '@percent daily|weekly|hourly|everyday|monthly|profit|returns|return|roi|interest|accuracy / @percent per|a|every day|week|hour|month / @percent .. in|within|after #num @span|@unit / @profit .. daily|weekly|hourly|everyday|every / daily|weekly|hourly|passive|extra|steady|stable|consistent @profit / @profit of|up to @percent / earn|make .. daily|weekly|hourly|everyday|overnight / @earn .. per|a|every|each day|week|hour|month / financial freedom / financially free / quit .. job / get rich|wealthy / side hustle / work from home',
  turned:
    'turn|turned|turning|grew|grow|flip|flipped|flipping .. @money .. in|into|to / @earn .. @money .. in|within|after|from|with|just|daily|weekly|today|profit|by|through / invest|invested|investing|start|started|starting|deposit .. @money .. @get|earn|@profit|made|make|in|into|with|and / from @money to @money / @money .. @profit .. @span|in|within / minimum deposit|investment / investment plan|plans|package / withdrawal|withdraw|withdrew .. @money|instantly|successful|successfully|daily / payment proof|received / cashed out',
  contact:
    '@reach me|us|him|her|admin|manager / @reach .. for|now .. info|details|help|more|access|enquiries|inquiries|assistance|guidance|link|invite|now / dms|dm|inbox open|now|me|us / send .. dm|message / slide .. dm|dms / whats app / whatsapp #num|me|now|group|us|link|: / via|on|through whatsapp|telegram / telegram #handle / text #num / tap|click .. link|bio|profile|name|below|here / link .. bio|description|profile|comments|comment|below|pinned|first / check .. bio|profile|pinned / add me|us / message .. start|started',
  joinUs:
    '@join .. @group|link|free|here|#url|now / @join our|us|my|now|here|today / our|my|free|vip @group / @group link|here|invite|free',
  mentor:
    'thanks|thank|grateful|shoutout|appreciate|kudos|credit|gratitude .. to|you .. #handle|mr|mrs|miss|expert|trader|mentor|coach|manager / with|under|through|by|from .. guidance|mentorship|help|assistance|strategy|signals|trades .. of|#handle|mr|mrs / #handle .. helped|made|taught|changed|guided|trades / helped me|us|him|her .. recover|earn|make|trade|invest|retrieve|get / account|portfolio manager / expert|professional|experienced|certified trader|hacker|broker|traders / copy|copying .. trades|trading|signals|my / trade|trading|invest|investing with|under|through #handle|him|her|mr|mrs / forex|fx|binary .. trader|trading|options|crypto|expert|signals|investment / my mentor|coach|broker',
  recovery:
    'recovery|recover|recovering|retrieve|retrieval .. expert|experts|agent|agents|service|services|specialist|hacker|company|firm / recover|recovered|retrieve|retrieved|reclaim|regain .. lost|stolen|scammed|hacked .. @account|@coin|money / recover|recovered|retrieve|get .. your|my stolen|lost|scammed|locked / lost|stolen .. @account|@coin .. recovered|recover|back / asset|assets|fund|funds recovery / ethical hacker|hacking / hacked .. recover / recovered .. account|funds',
  lockedOut:
    'locked|kicked|logged .. out .. @account|instagram|facebook|snapchat|twitter / lost|lose|no access .. @account|instagram|facebook|snapchat|phrase / lost access / @account|instagram|facebook|snapchat|icloud .. hacked|banned|disabled|suspended|stolen|scammed|drained / got|been|was|were|been|youve scammed|hacked|drained|rugged / victim of / forgot|forgotten|lost .. password|seed|phrase|keys|funds|crypto / get .. @account|funds|money|crypto back / trace|track|recover .. funds|stolen|@coin|hacker|scammer',
  touting:
    'follow|check|trust|try|visit|see|ask|consult|meet|found .. #handle / #handle .. best|goat|legend|legit|knows|never|calls|called|signals|tips|alerts|picks|trades|profits|gems|alpha|real|helped|trusted|reliable / best|top|great|honest|genuine|real trader|traders|analyst|caller|account|page|mentor|hacker|teacher|coach / his|her|their tips|calls|signals|picks|trades|advice|analysis|alerts|strategy|strategies|page|guidance|trading|setups / never miss|misses|missed|disappoints|fails / learned|learnt|profited|benefited .. from / started|been|since following|follow|copying .. him|her|them|#handle / highly|strongly recommend|recommended / thank me later / changed my life / all thanks|credit to / if .. you .. want|need|looking .. profit|profits|trade|trading|crypto|gains|signals|earn / make|making .. profits|money .. with|from|through',
  fakeSupport:
    'support|help|customer|service|live team|desk|ticket|center|agent|care|chat|line|number / contact|reach|dm|message|write .. support|helpdesk|help / helpdesk / technical support|issue|team|assistance / submit|fill|complete|raise|open .. form|ticket|complaint / google form / report|lay|forward|direct .. issue|complaint|dapp|problem .. to|here|form|via / customer care|support|service',
  accountTrouble:
    '@account .. suspended|locked|restricted|deactivated|compromised|blocked|disabled|limited|flagged|terminated|frozen|expire|expired / unusual .. login|sign|attempt|access|account / suspended|locked|restricted|limited|unauthorized|suspicious|unrecognized .. @account|activity|login|attempt|sign|transaction|access / verify|confirm|update|validate|secure|reactivate|restore|review your|ur .. @account|identity|information|details|kyc|email|password|payment / password .. expire|expired|reset|expires / migrate|migration|upgrade|swap .. tokens|v2|@wallet|before|required|portal / action required / security alert|notice|update|upgrade / new login|device / update .. kyc|wallet|app',
  moneyAsk:
    'send .. address|wallet .. below|here|above|following / deposit .. to .. address|wallet / gas|processing|activation|withdrawal|clearance|tax fee|fees .. to|before|required|pay|first / pay .. fee|fees|tax|gas / cashapp|paypal|zelle|venmo|giftcard|paysafe / gift card|cards / cash app',
  cloudMining:
    'cloud|free mining|miner / mining .. free|daily|cloud|site|platform|app / start mining / mine @coin .. daily|free|phone|app / trading bot|bots / arbitrage bot|bots / mev bot|bots / sniper bot',
  celebrity:
    'elon|musk|trump|tesla|spacex|saylor|vitalik|buterin|cz|mrbeast|ripple|garlinghouse|binance|coinbase|apple|microstrategy .. giveaway|giving|airdrop|double|gives|gift|event|promo|free / official giveaway|airdrop|event|promo|bonus / celebrate|celebration .. giveaway|giving|airdrop|event|give',
  gambling:
    'casino|casinos|slots|betting|sportsbook|jackpot|roulette|blackjack|poker / free|bonus spins|spin / place|win .. bet|bets|jackpot',
  won: 'you|youve won|win|selected|chosen / have been selected|chosen|whitelisted / congratulations|congrats|congratulation / lucky winner|winners|user|users / winner .. will|picked|announced|selected|@get|chosen / selected|random|lucky .. winners|winner|users / enter to win / pick|picking|choosing .. winners|winner',
  reporting:
    'police|arrested|sentenced|prosecutors|lawsuit|court|charged|charges|fbi|doj|sec|regulators|regulator|authorities|investigators|researchers|analyst|analysts|victims|victim / according to / beware|warns|warned|warning|awareness|educational / scam|scams|scammers|scammer|phishing|ponzi|fraud|rugpull|exploit|exploited|drained / stay safe|vigilant|alert|away / said|says|reported|reports|announced|told|reportedly|alleged|allegedly / do your own research / report .. account|them|this',
}
