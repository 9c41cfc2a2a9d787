import { describe, expect, it } from 'vitest'
import { proseOf } from './prose.ts'

const readings = [
  { id: 'tech.rsi14', kind: 'technical' as const, value: 71.234, unit: 'index', lean: -0.5, cites: ['file:X'] },
]
const faultOf = (sentence: string): string | null => {
  const prose = proseOf(sentence, readings)
  return 'fault' in prose ? prose.fault : null
}

describe('a sentence of a model', () => {
  it('is shown as it is where it is plain and holds no number', () => {
    for (const sentence of [
      'Momentum is stretched, and one of the kinds disagrees.',
      'First the trend turned; then the crowd followed.',
      'Holders weigh a tender offer of the foundation.',
    ])
      expect([sentence, faultOf(sentence)]).toEqual([sentence, null])
  })

  it('holds no number, however it is written', () => {
    const written =
      'zero, ten, thirteen, nineteen, twenty-one, ninety per cent, a dozen, dozens of holders, hundreds, thousands, millions, a billion, trillions, ' +
      'a quarter of it, three quarters, tripling, halving, it quadrupled, quintuple, fivefold, ｔｗｅｎｔｙ, twènty, ٣, ½, Ⅳ, €'
    for (const word of written.split(', '))
      expect([word, faultOf(`The price moves by ${word}.`)]).toEqual([word, 'it holds a number of its own'])
  })

  it('is short', () => {
    expect(faultOf(`It ${'really '.repeat(33)}is.`)).toBeNull()
    expect(faultOf(`It ${'really '.repeat(36)}is.`)).toBe('it is longer than 240 characters')
  })

  it('promises nothing, whatever letters it borrows', () => {
    for (const word of [
      'guaranteed',
      'Guarantéed',
      'ｇｕａｒａｎｔｅｅｄ',
      'risk-free',
      'surely up',
      'certain to rise',
    ])
      expect([word, faultOf(`It is ${word}.`)]).toEqual([word, 'it promises what nobody can know'])
  })
})
