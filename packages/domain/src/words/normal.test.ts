import { expect, it } from 'vitest'
import { normalCdf } from './normal.ts'

// Reference values: the C library's erfc.
it.each([
  [0, 0.5],
  [1, 0.841344746068543],
  [-1.96, 0.024997895148220435],
  [2.8, 0.997444869669572],
  [2.9, 0.998134186699616],
  [3, 0.99865010196837],
  [-8, 6.220960574271785e-16],
])('the normal distribution at %d is %d', (x, value) => expect(Math.abs(normalCdf(x) - value)).toBeLessThan(2e-13))
