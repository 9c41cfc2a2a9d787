import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chance } from '../testing/chance.ts'
import { storiesOf, type StoryTold } from './stories.ts'

/** Any code points, lone surrogates among them. */
const anyText = fc.array(fc.nat(0x10ffff), { maxLength: 80 }).map((codes) => String.fromCodePoint(...codes))

const at = Date.UTC(2026, 0, 5)
let last = 0
const told = (title: string, more: Partial<StoryTold> = {}): StoryTold => ({
  id: `d${String(last++).padStart(6, '0')}`,
  title,
  text: '',
  publisher: `house ${last}`,
  at: at + last * 1000,
  ...more,
})
const storiesIn = (...titles: string[]): number => storiesOf(titles.map((title) => told(title))).length

const body =
  'The exchange said on Tuesday that it would stop withdrawals of all customers while engineers look into a breach of its hot wallets. ' +
  'Roughly 41 million dollars left the platform in under two hours according to chain data. ' +
  'Officials were informed. The company promised to make clients whole from its reserve fund and hired an outside firm to help with the work.'

describe('one story told again', () => {
  const headline = 'Kraken halts withdrawals after hot wallet breach drains 41 million dollars'

  it.each([
    ['the same words', headline],
    ['another case', headline.toUpperCase()],
    ['a share', `RT @someone: ${headline}`],
    ['a link', `${headline} https://t.co/abc123`],
    ['a house in front and behind', `BREAKING: ${headline} - CoinDesk`],
    ['invisible characters', headline.replaceAll('a', 'a\u200b')],
    ['look-alike letters', headline.replaceAll('a', 'а')],
    ['a word more', `${headline} overnight`],
    ['pictures and tags', `🚨 ${headline} 🚨 #Kraken`],
  ])('is the same with %s', (_, copy) => {
    expect(storiesIn(headline, copy)).toBe(1)
  })

  it('is the same when its text is reordered, shortened or framed otherwise', () => {
    const sentences = body.split('. ')
    const copies = [
      body,
      [...sentences.slice(2), ...sentences.slice(0, 2)].join('. '),
      `${body} Read the full article on our site. Subscribe to our newsletter for more.`,
      `Disclosure: we may hold coins. ${body}`,
      body.replace('Officials were informed. ', ''),
    ]
    const documents = copies.map((text, i) => told(`Exchange stops withdrawals, take ${'abcde'[i]!}`, { text }))
    expect(storiesOf(documents)).toHaveLength(1)
  })

  it('is dated by its first telling, for ever', () => {
    const first = told('Exchange stops withdrawals', { text: body, publisher: 'a' })
    const copy = told('Exchange stops withdrawals again', { text: body, publisher: 'b', at: at + 90 * 86_400_000 })
    expect(storiesOf([copy, first])).toEqual([
      { id: first.id, at: first.at, documents: 2, publishers: 2, members: [first.id, copy.id] },
    ])
  })
})

describe('different events', () => {
  it.each([
    ['Bitcoin falls 3 % in early trading', 'Bitcoin rises 3 % in early trading'],
    ['Bitcoin falls 3% in early trading', 'Bitcoin falls 5% in early trading'],
    ['Solana gains 5% on ETF hopes', 'Cardano gains 5% on ETF hopes'],
    ['Kraken halts withdrawals after breach of wallets', 'Binance halts withdrawals after breach of wallets'],
    ['SEC approves spot ether fund of large manager', 'SEC rejects spot ether fund of large manager'],
    ['Large bank will offer custody of coins', 'Large bank will not offer custody of coins'],
    ['Hackers steal funds of bridge Alpha in exploit', 'Hackers steal funds of bridge Gamma in exploit'],
    ['Options worth billions expire on Friday', 'Options worth billions expire on Monday'],
    ['Ethereum upgrade goes live', 'Cosmos upgrade goes live'],
  ])('stay apart: %s / %s', (left, right) => {
    expect(storiesIn(left, right)).toBe(2)
  })

  it('stay apart when a template tells them of other coins, or with other figures', () => {
    const template = (coin: string, price: number, change: number) =>
      `${coin} price today is ${price} with a trading volume of ${price * 7} in the last day. ${coin} is up ${change} percent in the last week and has a market value of ${price * 1000}. You can trade it on many venues, compare rates and keep it in a wallet of your own choice.`
    const documents = [template('Solana', 131, 4), template('Cardano', 131, 4), template('Solana', 177, 9)]
    expect(storiesOf(documents.map((text) => told('', { text })))).toHaveLength(3)
  })

  it('stay apart when a headline comes back days later without a text', () => {
    const again = told('Bitcoin climbs as traders wait for data', { at: at + 5 * 86_400_000 })
    expect(storiesOf([told('Bitcoin climbs as traders wait for data'), again])).toHaveLength(2)
  })
})

const words =
  'exchange miners fund court bridge wallet staking upgrade treasury lender bank rule vote pool yield reserve audit custody'.split(
    ' ',
  )
const random = chance(11)
const pick = (): string => words[Math.floor(random() * words.length)]!
const sentence = (length: number): string => Array.from({ length }, pick).join(' ')

it('the same documents make the same stories in any order', () => {
  const documents = Array.from({ length: 120 }, (_, i) =>
    told(sentence(3 + (i % 3)), { text: i % 2 ? sentence(30) : '' }),
  )
  const copies = documents.map((one, i) => told(`rt ${one.title}`, { text: one.text, at: one.at + i }))
  const all = [...documents, ...copies]
  const wanted = storiesOf(all)
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      expect(storiesOf(shuffled)).toEqual(wanted)
    }),
    { numRuns: 10 },
  )
  expect(wanted.reduce((sum, story) => sum + story.documents, 0)).toBe(all.length)
})

it('10,000 copies are one story, and floods of copies and of near-copies take no more than seconds', () => {
  const copies = Array.from({ length: 10_000 }, (_, i) =>
    told(`Exchange stops withdrawals ${i % 7}`, { text: `${sentence(3)} ${body}` }),
  )
  expect(storiesOf(copies)).toHaveLength(1)
  const near = Array.from({ length: 10_000 }, (_, i) =>
    told(`Coin ${i} is listed on a large venue today with great volume`),
  )
  expect(storiesOf(near)).toHaveLength(10_000)
})

it('any text is taken', () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 6 }), (texts) => {
      const found = storiesOf(texts.map((text) => told(text, { text })))
      expect(found.flatMap(({ members }) => members)).toHaveLength(texts.length)
    }),
  )
})
