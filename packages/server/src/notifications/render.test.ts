import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compose, cut, headline, plain, plainLine, titleOf, type Style } from './render.ts'
import { sampleNotice } from './test-channel.ts'

const style: Style = {
  escape: (character) => (/[<&*]/.test(character) ? `\\${character}` : character),
  title: (text) => `**${text}**`,
  link: (url) => `<${url}>`,
  limit: 300,
}
const text = fc.string({ unit: 'binary', maxLength: 400 })
const notices = fc.array(
  fc
    .record({ title: text, words: text, linked: fc.boolean() })
    .map(({ title, words, linked }) =>
      sampleNotice({ title, text: words, link: linked ? 'https://pumpiq.example/r/1' : null }),
    ),
  { minLength: 1, maxLength: 12 },
)

describe('a message', () => {
  it('is never longer than the limit, never of half a character, and counts whom it leaves out', () => {
    fc.assert(
      fc.property(notices, fc.integer({ min: 40, max: 900 }), (given, limit) => {
        const whole = compose(given, { ...style, limit })
        expect(whole.length).toBeLessThanOrEqual(limit)
        expect(whole.isWellFormed()).toBe(true)
        const left = Number(/and (\d+) more$/.exec(whole)?.[1] ?? 0)
        expect(left).toBeLessThan(given.length)
      }),
    )
  })

  it('uses the room there is: one character less would not have been cut', () => {
    for (let limit = 120; limit < 400; limit++) {
      const whole = compose([sampleNotice({ title: 'T', text: 'x'.repeat(1_000) })], { ...style, limit })
      expect(whole.length).toBe(limit)
      expect(whole).toContain('x…')
    }
  })

  it('holds all of what has room, in order, with empty lines between', () => {
    const two = ['A', 'B'].map((title) => sampleNotice({ title, text: `text ${title}`, link: null }))
    expect(compose(two, style)).toBe('**A**\ntext A\n\n**B**\ntext B')
  })

  it('links to web pages only', () => {
    for (const link of ['javascript:alert(1)', 'data:text/html,x', 'nowhere'])
      expect(compose([sampleNotice({ title: 'A', text: 'b', link })], style)).toBe('**A**\nb')
  })
})

describe('foreign text', () => {
  it('loses what is not seen, and nothing else', () => {
    expect(plain('a\u200bb\u202ec\u0000d\ud800e\u{e0041}f')).toBe('abcdef')
    expect(plain('Grüße 漢字 🦎 مرحبا 1,234.5 %')).toBe('Grüße 漢字 🦎 مرحبا 1,234.5 %')
    expect(plain(' a\r\nb\r\r\r\r\nc\td ')).toBe('a\nb\n\nc d')
    expect(plainLine('a\r\nBcc: b\n\nc')).toBe('a Bcc: b c')
  })

  it('has at most three marks on a letter', () => {
    expect(plain(`a${'\u0301'.repeat(50)}b`)).toBe('a\u0301\u0301\u0301b')
  })

  it('is cut behind a whole character, in its escaped form', () => {
    expect([cut('🦎🦎🦎', 5), cut('🦎🦎🦎', 6), cut('abc', 3), cut('abc', 2), cut('abc', 1), cut('abc', 0)]).toEqual([
      '🦎🦎…',
      '🦎🦎🦎',
      'abc',
      'a…',
      '…',
      '',
    ])
    expect(cut('a<b', 3, style.escape)).toBe('a…')
  })
})

it('a title says first what is simulated, once', () => {
  const simulated = { simulated: true }
  expect(titleOf(sampleNotice({ title: 'BUY X', ...simulated }))).toBe('SIMULATED: BUY X')
  expect(titleOf(sampleNotice({ title: '[SIMULATED] BUY X', ...simulated }))).toBe('[SIMULATED] BUY X')
  expect(headline([sampleNotice(simulated), sampleNotice(simulated)])).toBe('SIMULATED: 2 notices')
  expect(headline([sampleNotice(simulated), sampleNotice()])).toBe('2 notices')
})
