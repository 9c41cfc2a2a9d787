import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publisherHosts, publisherTiers } from './publisher-names.ts'
import { trustOf } from './publishers.ts'
import { fromPunycode } from './punycode.ts'

const tierOf = (publisher: string) => trustOf(publisher).tier

describe('a publisher', () => {
  it.each([
    ['sec.gov', 'authority'],
    ['www.sec.gov', 'authority'],
    ['mas.gov.sg', 'authority'],
    ['esma.europa.eu', 'authority'],
    ['binance.com', 'exchange'],
    ['blog.kraken.com', 'exchange'],
    ['reuters.com', 'press'],
    ['markets.ft.com', 'press'],
    ['CoinDesk.com', 'desk'],
    ['es.cointelegraph.com', 'desk'],
    ['u.today', 'site'],
    ['finance.yahoo.com', 'aggregator'],
    ['prnewswire.com', 'wire'],
    ['somebody.medium.com', 'open'],
    ['coindesk.substack.com', 'open'],
    ['r/CryptoCurrency', 'open'],
    ['t.me/some_channel', 'open'],
    ['farcaster.xyz/some', 'open'],
    ['desk.example', 'unknown'],
    ['', 'unknown'],
    ['A paper without a domain', 'unknown'],
  ])('such as %j is a known one: %s', (publisher, tier) => {
    expect(tierOf(publisher)).toBe(tier)
  })

  it.each([
    ['another end', 'coindesk.news'],
    ['a letter changed', 'coindexk.com'],
    ['a letter left out', 'coindsk.com'],
    ['a letter put in', 'binnance.com'],
    ['two letters swapped', 'reutesr.com'],
    ['two letters of a long name', 'cointelegrapph1.com'],
    ['a digit for a letter', 'c0indesk.com'],
    ['rn for m', 'bloornberg.com'],
    ['a Cyrillic letter', 'соindesk.com'],
    ['the same, as it is sent', 'xn--indesk-vqfx.com'],
    ['a Greek letter', 'cοindesk.com'],
    ['wide letters', 'ｂｌｏｏｍｂｅｒｇ.com'],
    ['a mark that is not drawn', 'coin\u200bdesk.com'],
    ['a word beside it', 'coindesk-news.com'],
    ['a word before it', 'thecoindesk.io'],
    ['a word behind it', 'bloombergcrypto.net'],
    ['a support page', 'support-binance.com'],
    ['the name before another host', 'coindesk.com.breaking.example'],
    ['an authority before another host', 'esma.europa.eu.example.org'],
    ['the same of a state', 'sec.gov.example.com'],
  ])('that imitates one by %s has no trust: %s', (_, publisher) => {
    expect(trustOf(publisher)).toEqual({ tier: 'imitation', ...publisherTiers.imitation })
  })

  it.each(['gov.example', 'notgov.com'])('does not become an authority by its name: %s', (publisher) => {
    expect(tierOf(publisher)).not.toBe('authority')
  })

  it.each(
    `thestreet.com vegconomist.com crypto-reporter.com bitcoin.com.au photos.example gemini.google.com theblockchainer.com
    coinbureau.com coincodex.com coinjournal.net cryptodaily.co.uk cryptonomist.ch blockchain.news
    bitdegree.org nypost.com usatoday.com latimes.com chicagotribune.com spglobal.com morningstar.com zerohedge.com
    investopedia.com nerdwallet.com cbsnews.com nbcnews.com abcnews.go.com aljazeera.com scmp.com straitstimes.com
    thehindu.com indiatimes.com livemint.com yna.co.kr koreaherald.com japantimes.co.jp asia.example.com smh.com.au
    spiegel.de sueddeutsche.de nzz.ch derstandard.at elpais.com corriere.it globo.com arstechnica.com zdnet.com
    mashable.com engadget.com gizmodo.com bankless.com messari.io glassnode.com chainalysis.com kaiko.com delphidigital.io
    thedailybeast.com independent.co.uk telegraph.co.uk standard.co.uk cityam.com irishtimes.com rte.ie thelocal.de`.split(
      /\s+/,
    ),
  )('that is another honest one imitates nobody: %s', (publisher) => {
    expect(tierOf(publisher)).not.toBe('imitation')
  })

  it('of the table is itself, and stands in one tier only', () => {
    const all = Object.entries(publisherHosts).flatMap(([tier, hosts]) => hosts.map((host) => [tier, host] as const))
    for (const [tier, host] of all) expect(trustOf(host).tier).toBe(tier)
    expect(new Set(all.map(([, host]) => host)).size).toBe(all.length)
  })

  it('that is believed is never believed again with one letter of its name changed', () => {
    const long = [...publisherHosts.press!, ...publisherHosts.desk!, ...publisherHosts.exchange!].filter(
      (host) => host.split('.')[0]!.length >= 6 && !/^(crypto|gemini|protos)\./.test(host),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...long),
        fc.nat(),
        fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
        (host, at, letter) => {
          const name = host.split('.')[0]!
          const i = at % name.length
          const other = name.slice(0, i) + letter + name.slice(i + 1) + host.slice(name.length)
          if (other !== host) expect(trustOf(other).trust).toBe(0)
        },
      ),
    )
  })

  it('is judged whatever its name is, and always between 0 and 1', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.domain(), fc.webUrl()), (publisher) => {
        const { trust } = trustOf(publisher)
        expect(trust >= 0 && trust <= 1).toBe(true)
      }),
    )
    expect(trustOf('a-'.repeat(1_000_000)).tier).toBe('unknown')
    expect(trustOf('.'.repeat(1_000_000)).tier).toBe('unknown')
  })
})

/** The browser's and Node's, of which the domain knows nothing. */
const { URL } = globalThis as unknown as { URL: new (address: string) => { hostname: string } }

describe('Punycode', () => {
  // The first four are samples of RFC 3492, section 7.1.
  it.each([
    ['egbpdaj6bu4bxfgehfvwxn', 'ليهمابتكلموشعربي؟'],
    ['ihqwcrb4cv8a8dqg056pqjye', '他们为什么不说中文'],
    ['proprostnemluvesky-uyb24dma41a', 'pročprostěnemluvíčesky'],
    ['3b-ww4c5e180e575a65lsy2b', '3年b組金八先生'],
    ['mnchen-3ya', 'münchen'],
  ])('%s is %s', (text, drawn) => {
    expect(fromPunycode(text)).toBe(drawn)
  })

  it.each(['9999999999999999', 'a-~', 'é'])('of %j is none', (text) => {
    expect(fromPunycode(text)).toBeNull()
  })

  it('comes back from what a browser makes of a host', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abcдежηθαßüñ中文'), minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(letters, (label) => {
        const sent = new URL(`https://${label}.example`).hostname.split('.')[0]!
        if (sent.startsWith('xn--')) expect(fromPunycode(sent.slice(4))).toBe(label)
      }),
    )
  })
})
