import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chance } from '../testing/chance.ts'
import { createKnownNames, impostorOf, nameFaults } from './names.ts'

/** Any code points, lone surrogates among them. */
const anyText = fc.array(fc.nat(0x10ffff), { maxLength: 80 }).map((codes) => String.fromCodePoint(...codes))

/** Well-known tokens, from common knowledge: symbol and name. */
const wellKnown: readonly (readonly [string, string])[] = (
  'BTC Bitcoin,ETH Ethereum,USDT Tether,BNB BNB,SOL Solana,USDC USD Coin,XRP XRP,DOGE Dogecoin,ADA Cardano,TRX TRON,AVAX Avalanche,' +
  'SHIB Shiba Inu,DOT Polkadot,LINK Chainlink,TON Toncoin,BCH Bitcoin Cash,NEAR NEAR Protocol,LTC Litecoin,UNI Uniswap,ICP Internet Computer,' +
  'DAI Dai,APT Aptos,XLM Stellar,ETC Ethereum Classic,XMR Monero,OKB OKB,ATOM Cosmos Hub,FIL Filecoin,HBAR Hedera,ARB Arbitrum,OP Optimism,' +
  'VET VeChain,MKR Maker,INJ Injective,GRT The Graph,RUNE THORChain,AAVE Aave,ALGO Algorand,FTM Fantom,SAND The Sandbox,MANA Decentraland,' +
  'AXS Axie Infinity,THETA Theta Network,EGLD MultiversX,XTZ Tezos,EOS EOS,FLOW Flow,CHZ Chiliz,QNT Quant,KAVA Kava,CRV Curve DAO,SNX Synthetix,' +
  'LDO Lido DAO,RPL Rocket Pool,COMP Compound,ZEC Zcash,DASH Dash,NEO Neo,IOTA IOTA,KSM Kusama,CAKE PancakeSwap,1INCH 1inch,GMX GMX,DYDX dYdX,' +
  'BAT Basic Attention Token,ENJ Enjin Coin,ZIL Zilliqa,WAVES Waves,KLAY Klaytn,CELO Celo,ONE Harmony,HOT Holo,ANKR Ankr,IOTX IoTeX,RVN Ravencoin,' +
  'SUI Sui,SEI Sei,TIA Celestia,PYTH Pyth Network,JUP Jupiter,BONK Bonk,WIF dogwifhat,PEPE Pepe,FLOKI FLOKI,WLD Worldcoin,BLUR Blur,IMX Immutable,' +
  'STX Stacks,MINA Mina,ROSE Oasis,GALA Gala,APE ApeCoin,ENS Ethereum Name Service,MASK Mask Network,LRC Loopring,OCEAN Ocean Protocol,FET Fetch.ai,' +
  'AGIX SingularityNET,RNDR Render,AR Arweave,KAS Kaspa,CFX Conflux,TWT Trust Wallet,SUSHI Sushi,YFI yearn.finance,BAL Balancer,ZRX 0x,X2Y2 X2Y2,' +
  'C98 Coin98,GLMR Moonbeam,ASTR Astar,ACH Alchemy Pay,AUDIO Audius,SPELL Spell Token,JASMY JasmyCoin,LUNC Terra Classic,LUNA Terra,USTC TerraClassicUSD'
)
  .split(',')
  .map((pair): [string, string] => [pair.slice(0, pair.indexOf(' ')), pair.slice(pair.indexOf(' ') + 1)])

/** Honest names that are not plain ASCII. */
const foreign = [
  '币安人生',
  'ビットコイン',
  '비트코인',
  'Лайткоин',
  'Pokémon Coin',
  'São Paulo FC Fan Token',
  'Café',
  '狗狗币 DOGE',
  'हिन्दी',
  '🐶 Inu',
  '👨‍🚀 Astro',
  'MAGA™',
  'Ethereum Ω',
]

const tokens = wellKnown.map(([symbol, name], i) => ({ id: `t${i}`, symbol, name }))
const known = createKnownNames(tokens)

const alike: Readonly<Record<string, string>> = {
  A: 'АΑ', B: 'ВΒ', C: 'СϹ', E: 'ЕΕ', H: 'НΗ', I: 'ІΙ', K: 'КΚ', M: 'МΜ', N: 'Ν', O: 'ОΟ', P: 'РΡ', S: 'Ѕ', T: 'ТΤ', X: 'ХΧ', Y: 'Υ', Z: 'Ζ',
  a: 'аɑ', c: 'сϲ', e: 'е', i: 'іι', j: 'ј', k: 'κ', n: 'ո', o: 'оοօ', p: 'рρ', s: 'ѕ', u: 'υս', v: 'ν', x: 'х', y: 'у', d: 'ԁ', h: 'һ', l: 'ⅼ', m: 'ⅿ', w: 'ԝ', q: 'ԛ', g: 'ɡ', t: 'τ', r: 'г', b: 'Ь', f: 'ƒ', z: 'ᴢ', D: 'Ꭰ', F: 'Ϝ', G: 'Ԍ', J: 'Ј', L: 'Ꮮ', Q: 'Ԛ', R: 'Ꮢ', U: 'Ս', V: 'Ѵ', W: 'Ԝ',
} // prettier-ignore

const unseen = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u180e', '\u{e0041}', '\u3164', '\u2800']
const turning = ['\u202e', '\u202d', '\u200f', '\u200e', '\u2066', '\u2067', '\u061c']

/** 300 forgeries: a third each by look-alike letters (one, all, full width, mathematical), by invisible characters, by direction marks. */
function forgeries(): { text: string; of: string }[] {
  const random = chance(7)
  const pick = <T>(values: ArrayLike<T>): T => values[Math.floor(random() * values.length)]!
  const swap = (text: string, from: number, all: boolean): string =>
    Array.from(text, (letter, i) =>
      alike[letter] && (all || i === from) ? pick(Array.from(alike[letter])) : letter,
    ).join('')
  const styled = (text: string, first: number): string =>
    text
      .replace(/[A-Z]/g, (c) => String.fromCodePoint(first + c.charCodeAt(0) - 65))
      .replace(/[a-z]/g, (c) => String.fromCodePoint(first + (first > 0xffff ? 26 : 32) + c.charCodeAt(0) - 97))
  return Array.from({ length: 300 }, (_, i) => {
    const pair = wellKnown[i % wellKnown.length]!
    const real = pair[i % 2]!
    const at = Math.floor(random() * real.length)
    const letters = Array.from(real).flatMap((letter, k) => (alike[letter] ? [k] : []))
    const text = [
      () =>
        [swap(real, pick(letters), false), swap(real, 0, true), styled(real, 0xff21), styled(real, 0x1d400)][
          Math.floor(i / 3) % 4
        ]!,
      () => real.slice(0, at) + pick(unseen) + real.slice(at),
      () => pick(turning) + real.slice(0, at) + pick(turning) + real.slice(at),
    ][i % 3]!()
    return { text, of: real }
  })
}

describe('names that deceive', () => {
  it('are flagged: 300 of 300 forgeries of well-known names', () => {
    for (const { text, of } of forgeries()) {
      expect(text, of).not.toBe(of)
      expect(nameFaults(text), `${of}: ${JSON.stringify(text)}`).not.toEqual([])
    }
  })

  it('are traced to whom they imitate', () => {
    for (const { text, of } of forgeries()) {
      const imitated = impostorOf(text, known)
      expect(imitated?.how, `${of}: ${JSON.stringify(text)}`).toBe('look-alike')
      const token = tokens.find(({ id }) => id === imitated!.id)!
      expect([token.symbol, token.name].map((own) => own.toLowerCase())).toContain(of.toLowerCase())
    }
  })

  it.each([
    ['SoIana', 'Solana'],
    ['Bit coin', 'Bitcoin'],
    ['Dogecóin', 'Dogecoin'],
    ['Optirnism', 'Optimism'],
    ['ВТС', 'Bitcoin'],
  ])('may be plain ones: %s is drawn like %s', (text, of) => {
    const imitated = impostorOf(text, known)
    expect(tokens.find(({ id }) => id === imitated?.id)?.name).toBe(of)
    expect(imitated?.how).toBe('look-alike')
  })

  it('name what is wrong', () => {
    expect(nameFaults('Bit\u200bcoin')).toEqual(['zero-width'])
    expect(nameFaults('\u202eniocTiB')).toEqual(['bidi'])
    expect(nameFaults('Bit\u0007coin')).toEqual(['control'])
    expect(nameFaults('Bitсoin')).toEqual(['mixed-script', 'confusable'])
    expect(nameFaults('ＢＴＣ')).toEqual(['confusable'])
    expect(nameFaults('B\u0300\u0301\u0302TC')).toContain('stacked-marks')
    expect(nameFaults('Bitcoin\u00a0')).toEqual(['odd-space'])
  })
})

describe('honest names', () => {
  it('are left alone, in any script', () => {
    for (const text of [...wellKnown.flat(), ...foreign]) expect(nameFaults(text), text).toEqual([])
  })

  it('are never taken for another one, and no two are merged', () => {
    for (const { id, symbol, name } of tokens) {
      expect(impostorOf(symbol, known, id), symbol).toBeNull()
      expect(impostorOf(name, known, id), name).toBeNull()
    }
    for (const text of foreign) expect(impostorOf(text, known), text).toBeNull()
  })

  it('borne by another token are a collision, not a merge', () => {
    expect(impostorOf('btc', known, 'ethereum:0xabc')).toEqual({ id: 't0', how: 'collision' })
    expect(impostorOf('Bitcoin', known)).toEqual({ id: 't0', how: 'collision' })
  })
})

it('any string has an answer', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(Array.isArray(nameFaults(text))).toBe(true)
      const imitated = impostorOf(text, known)
      expect(imitated === null || imitated.id.startsWith('t')).toBe(true)
    }),
  )
})
