import { expect, it } from 'vitest'
import { settingPaths, settingsJsonSchema, Settings, systemSettings, settingAt } from '@pumpiq/domain'
import { prefer } from '../platform/preferences.ts'
import { rangeOf, shownValue, specsOf, typedOf, valueOf } from './setting-specs.ts'

const specs = specsOf(settingsJsonSchema(Settings, systemSettings))
const spec = (path: string) => specs.find((one) => one.path === path)!

it('every setting that there is is read from the schema, with unit, effect and default', () => {
  expect(specs.map(({ path }) => path).toSorted()).toEqual(settingPaths.toSorted())
  for (const one of specs) {
    expect(one.description).not.toBe('')
    expect(one.unit).not.toBe('')
    expect(one.effect).not.toBe('')
    expect(one.usual).toEqual(settingAt(systemSettings, one.path as (typeof settingPaths)[number]))
  }
})

it('what is shown is typed back to the same value', () => {
  for (const one of specs.filter(({ shape }) => ['number', 'numbers', 'decimal'].includes(shape)))
    expect(valueOf(one, typedOf(one, one.usual))).toEqual({ value: one.usual })
})

it('times are typed in seconds and probabilities in percent', () => {
  expect(typedOf(spec('ttlMs.answer'), 300_000)).toEqual(['300'])
  expect(valueOf(spec('minConfidence'), ['55'])).toEqual({ value: 0.55 })
  expect(rangeOf(spec('refreshMs.technical'))).toBe('30 to 86,400 seconds')
  expect([shownValue(spec('refreshMs.news'), 300_000), shownValue(spec('minConfidence'), 0.655)]).toEqual([
    '5 min',
    '65.5 %',
  ])
})

it.each([
  ['maxRecommendations', ['51'], 'Allowed: 1 to 50 count.'],
  ['maxRecommendations', ['2.5'], 'A whole number.'],
  ['trading.takeProfitPct', ['1', '', '3'], 'Fill in all 3, or none.'],
  ['portfolio.quote', ['1e5'], 'A plain amount, such as 2500 or 2500.50.'],
  ['model.temperature', ['x'], 'Allowed: 0 to 2.'],
])('%s does not take %j', (path, typed, problem) => expect(valueOf(spec(path), typed)).toEqual({ problem }))

it('what is one of a few reads as people write it', () => {
  expect(shownValue(spec('timeframe'), 'DAY_TRADE')).toBe('Day trade')
  expect(shownValue(spec('tokens.excludeMemes'), false)).toBe('no')
})

it('nothing typed takes the choice back, and values are told by the reader’s locale', () => {
  expect(valueOf(spec('trading.maxStopPct'), [' '])).toEqual({ value: null })
  prefer({ locale: 'de-DE' })
  expect(shownValue(spec('tokens.minMarketCapUsd'), 100_000)).toBe('100.000')
  prefer({ locale: null })
})
