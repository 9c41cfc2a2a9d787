/** What people write about a token, by mood. */
export const sayings = {
  good: [
    ['{name} looks strong again', 'Bought more {symbol} this morning. Volume is up and the chart looks bullish to me.'],
    [
      'Finally some good days for {symbol}',
      'Holding {name} for two years and the upgrade was worth the wait. I am optimistic.',
    ],
    ['{symbol} holders, how do you feel?', 'I feel great. Strong support, growing adoption, no reason to sell {name}.'],
    [
      'Why I keep buying {name}',
      'Steady growth, good developers and a fair price. {symbol} is my best coin this year.',
    ],
    ['{symbol} breakout', 'Resistance at the top of the range is gone. I expect {name} to rally from here.'],
  ],
  bad: [
    [
      'I sold all my {name}',
      'Weak volume and lower highs for weeks. {symbol} looks bearish and I do not want to wait.',
    ],
    ['{symbol} is losing support', 'Another drop today. If this level breaks, {name} can crash much lower.'],
    ['Disappointed by {name}', 'Delays, outages and bad communication. I lost money on {symbol} and I am out.'],
    ['Is {symbol} dead?', 'Nobody uses {name} any more, the price keeps falling and whales are dumping.'],
    ['Careful with {name}', 'Sellers are in control of {symbol}, and the news are worrying.'],
  ],
  plain: [
    ['Question about {name}', 'Which wallet do you use for {symbol}? I want to move mine off the exchange.'],
    ['{symbol} daily discussion', 'What are you doing with {name} today? Say it here.'],
    ['How are fees on {name} these days?', 'I have not moved {symbol} since last year.'],
    ['New to {name}', 'What should I read about {symbol} before I buy any?'],
  ],
} as const

/** What is paid for, each copied word for word by many accounts. */
export const campaigns = [
  [
    '{symbol} 100x GEM do not miss it',
    '{name} is going to the moon, 100x guaranteed! Buy {symbol} now before it is too late!!!',
  ],
  ['Next big pump: {symbol}', 'Insiders are loading {name}. Join the {symbol} army now, easy 50x this week!'],
  ['{name} will explode', 'Last chance to buy {symbol} this cheap. All in. To the moon!'],
] as const

const animals = 'otter heron badger lynx falcon turtle marten walrus gecko raven bison tapir'.split(' ')
const things = 'ledger candle block wallet margin satoshi range yield stack hash node vault'.split(' ')
const ways = 'quiet sleepy patient rusty honest late spare lucky sober green stray calm'.split(' ')

/** The name of an account; those of machines end in many digits. */
export function handleOf(number: number, isMachine: boolean): string {
  const word = (words: readonly string[], place: number) => words[Math.floor(number / 12 ** place) % words.length]!
  const [animal, thing, way] = [word(animals, 0), word(things, 1), word(ways, 2)]
  return isMachine ? `${animal}${thing}${10_000_000 + number * 7_919}` : `${way}_${thing}_${animal}`
}
