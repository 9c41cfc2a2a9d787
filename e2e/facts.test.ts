import { describe, expect, it } from 'vitest'
import { faultOf, readFigure } from './compare-figure.ts'
import { isInPercent, valueAt } from './facts.ts'

describe('a shown figure beside the API’s', () => {
  it.each<[string, unknown, boolean?]>([
    ['−1.08 R', -1.0812],
    ['+0.21', 0.2149],
    ['43.1 %', 0.43149],
    ['−2.10 %', -2.1, true],
    ['1,234,567', 1234567],
    ['12', 12],
    ['0', 0.4],
    ['$1.2M', 1_249_000],
    ['0.0₈1234', '0.000000001234'],
    ['0.0₁₂567890', '0.0000000000005678909'],
    ['74,549.84', '74549.84'],
    ['1.23456', '1.234569'],
    ['Not better than buy and hold (−0.084 %).', 'Not better than buy and hold (−0.084 %).'],
  ])('%s holds of %s', (text, told, inPercent = false) => expect(faultOf(text, told, { inPercent })).toBeNull())

  it.each<[string, unknown, boolean?]>([
    ['−1.08 R', -1.0851],
    ['1.08 R', -1.08],
    ['-1.08 R', -1.08],
    ['+0.22', 0.2149],
    ['43.2 %', 0.43149],
    ['0.43 %', 0.43149],
    ['43.1 %', 0.43149, true],
    ['1,234,568', 1234567],
    ['$1.3M', 1_249_000],
    ['0.0₇1234', '0.000000001234'],
    ['0.0₈1235', '0.000000001234'],
    ['1.23458', '1.234569'],
    ['36.9 to 49.3 %', 0.369],
    ['too few', 0.4],
    ['0', null],
    ['0', undefined],
    ['Better than buy and hold.', 'Not better than buy and hold.'],
  ])('%s does not hold of %s', (text, told, inPercent = false) =>
    expect(faultOf(text, told, { inPercent })).toContain('is shown, and the API told'),
  )

  it('is read as it is written', () => {
    expect(readFigure('12,3')).toBe('2 numbers stand in it, and one is wanted')
    expect(readFigure('412 calls')).toEqual({ value: 412, step: 1, isPercent: false })
  })

  it('is found where its path says', () => {
    const body = { rows: [{ id: 'a.b', low: 1, leadLow: 2, meanReturnNetPct: 0, leadPct: 0 }], hit: { low: 0.3 } }
    expect(valueAt(body, 'rows.0.low')).toBe(1)
    expect(valueAt(body, 'rows[id=a.b].leadLow')).toBe(2)
    expect(valueAt(body, 'rows.7.low')).toBeUndefined()
    expect(
      ['rows.0.low', 'rows.0.leadLow', 'hit.low', 'r.returnNetPct.low'].map((path) => isInPercent(body, path)),
    ).toEqual([true, true, false, true])
  })
})
