import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Claim } from '../words/claim.ts'
import { createNameIndex, type CatalogueToken } from './name-index.ts'
import { lexiconReader, readText } from './read-text.ts'

const token = (id: string, symbol: string, name: string, marketCapRank: number | null = null): CatalogueToken => ({
  id,
  symbol,
  name,
  marketCapRank,
})
const shib = 'ethereum:0x95ad61b0a150d79219dcf64e1e6cc01f0b64c4ce'
const bonk = 'solana:DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB7YaB1pPB263'
const names = createNameIndex([
  token('bitcoin:native', 'BTC', 'Bitcoin', 1),
  token('avalanche:native', 'AVAX', 'Avalanche', 12),
  token('near:native', 'NEAR', 'NEAR Protocol', 30),
  token('chainlink:native', 'LINK', 'Chainlink', 15),
  token('gas:native', 'GAS', 'Gas', 300),
  token(shib, 'SHIB', 'Shiba Inu', 14),
  token(bonk, 'BONK', 'Bonk', 60),
  token('a:serious', 'TWIN', 'Twin Finance', 200),
  token('b:dust', 'TWIN', 'Twin Coin'),
  token('a:same', 'SAME', 'Same One', 90),
  token('b:same', 'SAME', 'Same Two', 91),
])
const read = (text: string, title?: string) => readText({ text, ...(title === undefined ? {} : { title }) }, names)
const ids = (text: string, title?: string) => read(text, title).tokens.map(({ id }) => id)

describe('tokens of a text', () => {
  it('are found by name, ticker, cashtag and address', () => {
    expect(ids('Bitcoin and shiba inu')).toEqual(['bitcoin:native', shib])
    expect(ids('sold my BTC')).toEqual(['bitcoin:native'])
    expect(ids('sold my $btc')).toEqual(['bitcoin:native'])
    expect(ids('contract 0x95aD61b0a150d79219dCF64E1E6Cc01f0B64C4cE')).toEqual([shib])
    expect(ids('contract DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB7YaB1pPB263')).toEqual([bonk])
    expect(ids('bitcoins are not what sbtc is')).toEqual([])
  })

  it('are not taken from words of plain English', () => {
    expect(ids('THE END IS NEAR, see the LINK for GAS prices')).toEqual([])
    expect(ids('$NEAR and $LINK')).toEqual(['near:native', 'chainlink:native'])
    expect(ids('Chainlink (LINK) climbs')).toEqual(['chainlink:native'])
    expect(ids('an avalanche of sell orders')).toEqual([])
    expect(ids('Avalanche gains 5%')).toEqual(['avalanche:native'])
    expect(ids('the price of Gas rises')).toEqual(['gas:native'])
    expect(ids('Gas Prices Rise Again Today')).toEqual([])
  })

  it('are not guessed where several bear a ticker, but for a cashtag of which one alone is serious', () => {
    expect(ids('TWIN is up')).toEqual([])
    expect(ids('$TWIN is up')).toEqual(['a:serious'])
    expect(ids('$SAME is up')).toEqual([])
  })

  it('come with the most relevant first', () => {
    const { tokens } = read('Shiba Inu follows. Shiba Inu again. BTC leads.', 'Bitcoin rallies')
    expect(tokens.map(({ id }) => id)).toEqual(['bitcoin:native', shib])
    expect(tokens[0]!.relevance).toBeGreaterThan(0.5)
    expect(tokens[1]!.relevance).toBeGreaterThan(0)
    expect(read('Bitcoin rallies').tokens).toEqual([{ id: 'bitcoin:native', relevance: 1 }])
  })
})

describe('the event of a text', () => {
  it.each([
    ['Binance will list SHIB with a USDT trading pair', 'listing'],
    ['Exchange to delist four tokens', 'delisting'],
    ['Bridge exploited, $80M drained', 'hack'],
    ['Lender halts withdrawals as outage continues', 'outage'],
    ['Central bank publishes stablecoin regulation', 'regulation'],
    ['Class action lawsuit filed against exchange', 'lawsuit'],
    ['Spot Bitcoin ETF sees inflows', 'etf'],
    ['Visa partners with wallet maker', 'partnership'],
    ['Layer 2 launches mainnet', 'launch'],
    ['Developers schedule hard fork', 'upgrade'],
    ['Token unlock of 90M coins on Friday', 'unlock'],
    ['Foundation burns 2% of supply', 'burn'],
    ['Airdrop snapshot announced', 'airdrop'],
    ['Startup raises $20M in Series A', 'funding'],
    ['Whale moves dormant coins', 'whale'],
    ['Fed raises interest rates as CPI rises', 'macro'],
    ['Bitcoin drops 5% to support level', 'price'],
    ['A walk in the park', 'other'],
  ])('%s: %s', (text, event) => {
    expect(read(text).event).toBe(event)
  })

  it('follows the title more than the text', () => {
    expect(read('The network also launched an update.', 'Exchange hacked').event).toBe('hack')
  })

  it('matters more the more money is named', () => {
    const [small, large, huge] = ['$20K stolen in hack', '$200M stolen in hack', '$2 billion stolen in hack'].map(
      (text) => read(text).magnitude,
    )
    expect(large!).toBeGreaterThan(small!)
    expect(huge!).toBeGreaterThan(large!)
    expect(read('Bitcoin was mentioned').magnitude).toBeLessThan(0.3)
  })
})

describe('the quote of a text', () => {
  it('is the title, or else the sentence that leans most', () => {
    expect(read('Long text.', ' Bitcoin\u202e\n surges\u0000 ').quote).toBe('Bitcoin surges')
    expect(read('Hello all. The exchange was hacked! More soon.').quote).toBe('The exchange was hacked!')
  })

  it('is cut at a word and never inside a character', () => {
    const quote = read('word '.repeat(100)).quote
    expect(quote).toMatch(/word…$/)
    expect(quote.length).toBeLessThanOrEqual(160)
    expect(read('🚀'.repeat(300)).quote.isWellFormed()).toBe(true)
  })
})

describe('a reading', () => {
  it('is a valid claim for any title and text', () => {
    const strings = fc.string({ unit: 'binary', maxLength: 400 })
    fc.assert(
      fc.property(strings, strings, (title, text) => {
        const claim = { document: 'x', reader: lexiconReader, ...read(text, title) }
        expect(Claim.parse(claim)).toEqual(claim)
        expect(claim.quote.isWellFormed()).toBe(true)
      }),
    )
  })

  it('takes a text of a megabyte, and of one word, in time', () => {
    const start = Date.now()
    for (const text of ['Bitcoin crashes! ', 'a', '.', '&', '&amp;', '\ud800', '🚀', '\u200b', '$', ' '])
      read(text.repeat(Math.ceil(1_000_000 / text.length)), 'x'.repeat(1_000_000))
    expect(Date.now() - start).toBeLessThan(10_000)
  })
})
