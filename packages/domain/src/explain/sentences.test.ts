import { expect, it } from 'vitest'
import { withReferences } from '../decide/cited-text.ts'
import { numbersIn, referencesIn, sentencesOf, unresolvedIn } from './sentences.ts'

const reference = (id: string, ...shown: string[]) => ({ id, label: id, value: 1, unit: '', shown, from: [] })

it('ends a sentence at a full stop before a space, never inside a number or an id', () => {
  expect(sentencesOf('It is 0.25 [tech.rsi14]. funding is 1.5 [a.b, c.d].')).toEqual([
    'It is 0.25 [tech.rsi14].',
    'funding is 1.5 [a.b, c.d].',
  ])
})

it('reads ids in brackets, each once', () => {
  expect(referencesIn('a [score], b [tech.rsi14, chain.top10], c [score]')).toEqual([
    'score',
    'tech.rsi14',
    'chain.top10',
  ])
})

it('finds every numeral outside of brackets, whatever its script', () => {
  expect(numbersIn('up 1,200.5 or -3 % [tech.rsi14], ٣ or ½')).toEqual(['1,200.5', '-3', '٣', '½'])
})

it('takes a number for explained only where it is told whole by a reference of the same sentence', () => {
  const references = [reference('a', '1.2'), reference('b', '7 of 9')]
  expect(unresolvedIn('it is 1.2 [a]', references)).toEqual([])
  expect(unresolvedIn('it is 11.2, 1.25 or 1.2.5 [a]', references)).toEqual(['11.2', '1.25', '1.2.5'])
  expect(unresolvedIn('it is 7 of 9', references)).toEqual(['7', '9'])
  expect(unresolvedIn('it is 7 of 9 [b] and 1.2', references)).toEqual(['1.2'])
  expect(unresolvedIn('nothing [c]', references)).toEqual(['[c]'])
})

it('puts references behind what is told, the longest first', () => {
  const references = [reference('a', '12 candles'), reference('b', '12 candles of history')]
  expect(withReferences('only 12 candles of history, 112 candles, 12 candles', references)).toBe(
    'only 12 candles of history [b], 112 candles, 12 candles [a]',
  )
})
