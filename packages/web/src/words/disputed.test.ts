import { expect, it } from 'vitest'
import type { Price } from '@pumpiq/domain'
import { isDisputed } from './disputed.ts'

const disputed = (told: string, catalogue: string | null) => isDisputed(told as Price, catalogue as Price | null)

it('a price that is far from the catalogue’s may be of another token, one that moved is not', () => {
  expect(disputed('3.5564', '0.001207976')).toBe(true)
  expect(disputed('0.000000000001', '0.000000000009')).toBe(true)
  expect(disputed('1.9', '1')).toBe(false)
  expect(disputed('0.4', '1')).toBe(false)
})

it('without a price in the catalogue there is nothing to dispute by', () => {
  expect(disputed('3.5564', null)).toBe(false)
  expect(disputed('3.5564', '0')).toBe(false)
})
