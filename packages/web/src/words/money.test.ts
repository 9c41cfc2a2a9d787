import type { Price } from '@pumpiq/domain'
import { expect, it } from 'vitest'
import { gainClass, signedPct, signedUsd, usd, usdEach } from './money.ts'
import { fromField, toField } from './when-field.ts'

const price = (text: string) => text as Price

it('sums are in cents, exactly, however large, and what is below a cent keeps its digits', () => {
  expect(usd(price('12345678901234567.894'))).toBe('$12,345,678,901,234,567.89')
  expect(usd(price('0.000000001234'))).toBe('$0.0₈1234')
  expect(usd(price('-2567.25'))).toBe('−$2,567.25')
  expect(usd(price('0'))).toBe('$0.00')
  expect(usdEach(price('0.0217'))).toBe('$0.0217')
})

it('a gain bears its sign, and a loss a minus that is one', () => {
  expect([signedUsd(price('394')), signedUsd(price('-0.5')), signedUsd(price('0'))]).toEqual([
    '+$394.00',
    '−$0.50',
    '$0.00',
  ])
  expect([signedPct(6.1659), signedPct(-24.436), signedPct(-0.001)]).toEqual(['+6.17 %', '−24.44 %', '0.00 %'])
  expect([gainClass(price('1')), gainClass(price('-1')), gainClass(price('0'))]).toEqual([
    'text-buy',
    'text-sell',
    'text-ink',
  ])
})

it('an instant that is not touched in its field keeps its seconds, and what is no time is none', () => {
  const iso = '2026-05-05T10:11:12.345Z'
  expect(fromField(toField(iso), iso)).toBe(iso)
  expect(fromField(toField(iso), null)).toBe('2026-05-05T10:11:00.000Z')
  expect(fromField('soon', iso)).toBeNull()
})
