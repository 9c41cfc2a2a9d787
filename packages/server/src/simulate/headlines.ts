import type { Happening, Told } from './happenings.ts'

/** What is written of each thing that happens: several ways, of which a desk takes one. */
const written: Readonly<Record<Told, readonly (readonly [title: string, summary: string])[]>> = {
  rise: [
    [
      '{name} jumps {percent}% in three hours as buyers return',
      '{symbol} gained {percent}% and trading volume rose with it.',
    ],
    [
      '{symbol} rallies {percent}% and leads the market higher',
      'The price of {name} climbed {percent}% within a few hours.',
    ],
    ['Why {name} surged {percent}% today', 'Traders point to strong demand for {symbol} after a quiet night.'],
  ],
  fall: [
    [
      '{name} drops {percent}% in three hours as sellers take over',
      '{symbol} lost {percent}% and liquidations followed.',
    ],
    ['{symbol} slides {percent}% in a broad sell-off', 'The price of {name} fell {percent}% within a few hours.'],
    ['{name} tumbles {percent}%: what traders watch now', 'Weak demand pushed {symbol} below its recent range.'],
  ],
  halt: [
    [
      '{venue} halts trading after an outage, Bitcoin markets elsewhere stay open',
      'The exchange said that {name} and all other markets were suspended.',
    ],
    [
      'Trading on {venue} suspended, users wait for news',
      'Orders for {name} could not be placed while the exchange looked for the cause.',
    ],
  ],
  listing: [
    [
      '{name} ({symbol}) starts trading on several exchanges',
      'The listing opens {symbol} to a wider group of traders.',
    ],
    ['Exchanges list {name} as trading of {symbol} begins', 'First trades in {symbol} were made within minutes.'],
  ],
  delisting: [
    ['Exchanges delist {name} after weeks of losses', 'Trading of {symbol} ends today, holders were told to withdraw.'],
    ['{symbol} removed from trading as {name} collapses', 'The delisting follows a crash of the token.'],
  ],
  upgrade: [
    [
      '{name} completes a network upgrade without trouble',
      'The upgrade makes transfers of {symbol} cheaper and faster.',
    ],
    ['Upgrade of {name} goes live after months of tests', 'Developers call the {symbol} hard fork successful.'],
  ],
  delay: [
    ['{name} developers postpone the next upgrade', 'A bug found in tests delays the work on {symbol} by some weeks.'],
    ['Next {name} release delayed, roadmap under review', 'The team behind {symbol} wants more time for tests.'],
  ],
  partnership: [
    ['A payments company partners with {name}', 'Merchants will be able to accept {symbol} under the partnership.'],
    ['{name} signs integration with a large wallet maker', 'The integration brings {symbol} to more users.'],
  ],
  outage: [
    [
      '{name} suffers an outage of two hours',
      'Transfers of {symbol} were stuck until operators restarted the network.',
    ],
    ['{symbol} transfers stall as {name} goes down', 'An outage stopped blocks for about two hours.'],
  ],
  lawsuit: [
    ['Investors sue the makers of {name}', 'The lawsuit says that buyers of {symbol} were misled.'],
    ['{name} faces a class action over its token sale', 'A court will hear the complaint about {symbol} next month.'],
  ],
  cleared: [
    ['Regulator ends its investigation of {name}', 'The case about {symbol} is closed without charges.'],
    ['{name} wins approval from a financial regulator', 'The licence lets brokers offer {symbol} to their clients.'],
  ],
  burn: [
    ['{name} burns tokens worth millions', 'The burn takes a part of the {symbol} supply out of circulation.'],
    ['{symbol} supply shrinks as {name} completes a buyback', 'The bought tokens were burned, the project said.'],
  ],
  unlock: [
    [
      '{name} faces a token unlock this week',
      'The unlock adds to the circulating supply of {symbol}, and traders expect dilution.',
    ],
    ['A large unlock of {symbol} is near', 'Early investors of {name} will be free to sell.'],
  ],
  whale: [
    [
      'A whale moves {name} worth millions to an exchange',
      'Large transfers of {symbol} to exchanges often come before sales.',
    ],
    [
      'Whales accumulate {symbol} as coins leave exchanges',
      'Wallets with large holdings of {name} grew over the week.',
    ],
  ],
  funding: [
    [
      'A company building on {name} raises 40 million dollars',
      'The funding round shows investment in the {symbol} ecosystem.',
    ],
    ['Fund for {name} projects secures new investment', 'Grants will go to teams that build with {symbol}.'],
  ],
  launch: [
    ['New lending product launches on {name}', 'Holders of {symbol} can earn interest with it.'],
    ['{name} unveils a faster test network', 'The release is a step towards cheaper {symbol} transfers.'],
  ],
  outlook: [
    [
      '{name} trades sideways as analysts wait for a breakout',
      'The price of {symbol} has found support, analysts say.',
    ],
    [
      'Analysts are bearish on {name} for the coming weeks',
      'Resistance holds and momentum of {symbol} weakens, they say.',
    ],
    ['Analysts are bullish on {name} after strong demand', 'They expect {symbol} to test resistance.'],
  ],
}

/** What a desk writes; `way` in [0, 1) chooses among the ways of saying it. */
export function headlineOf(
  { told, token, percent, venue }: Happening,
  way: number,
): { title: string; summary: string } {
  const ways = written[told]
  const [title, summary] = ways[Math.floor(way * ways.length)]!
  const words: Record<string, string> = {
    name: token.name,
    symbol: token.symbol,
    percent: String(percent),
    venue: venue.charAt(0).toUpperCase() + venue.slice(1),
  }
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => words[name]!)
  return { title: filled(title), summary: filled(summary) }
}
