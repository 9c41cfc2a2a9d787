import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, unmask } from './fold.ts'

/** Any code points, lone surrogates among them. */
const anyText = fc.array(fc.nat(0x10ffff), { maxLength: 80 }).map((codes) => String.fromCodePoint(...codes))

describe('fold', () => {
  it('leaves plain text alone but for its case', () => {
    expect(fold('Bitcoin (BTC) rises 3%\n')).toBe('bitcoin (btc) rises 3%\n')
    expect(unmask('Bitcoin (BTC)')).toBe('Bitcoin (BTC)')
  })

  it.each([
    ['Cyrillic', 'Вitсоin'],
    ['Greek', 'Βιtcοin'],
    ['full width', 'Ｂｉｔｃｏｉｎ'],
    ['mathematical', '𝐁𝓲𝕥𝖈𝘰𝙞𝚗'],
    ['circled', 'Ⓑⓘⓣⓒⓞⓘⓝ'],
    ['boxed', '🅑🅸🅃🄲🅞🅘🅝'],
    ['small capitals', 'ʙɪᴛᴄᴏɪɴ'],
    ['accents', 'B̸í̈tçöïñ'],
    ['zero width', 'B​i‌t‍c﻿o⁠in'],
    ['soft hyphen', 'Bit­coin'],
    ['direction marks', '‮B‎it⁦coin⁩‬'],
    ['variation selectors', 'Bi︎tcoin️'],
    ['tags', 'Bit\u{e0063}\u{e006f}coin\u{e007f}'],
    ['control', 'Bit\u0000\u0007coin'],
  ])('reads %s letters as what they look like', (_, text) => {
    expect(fold(text)).toBe('bitcoin')
  })

  it('does not destroy scripts that it does not know', () => {
    for (const text of ['ガチャ', '한국어', '比特币', 'हिन्दी', 'ไทย']) expect(fold(text)).toBe(text)
  })

  it('is the same when it is done twice, for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
    )
    for (let code = 0; code < 0x20000; code++) {
      const once = fold(String.fromCodePoint(code))
      if (fold(once) !== once) expect.fail(`U+${code.toString(16)} folds to ${once} and then to ${fold(once)}`)
    }
  })

  it('takes lone surrogates', () => {
    expect(fold('a\ud83d b\udc00')).toBe('a\ud83d b\udc00')
  })
})
