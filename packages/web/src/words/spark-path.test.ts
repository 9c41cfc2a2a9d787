import { expect, it } from 'vitest'
import { sparkPath } from './spark-path.ts'

it('goes from the oldest close at the left to the newest at the right, the highest at the top', () => {
  expect(sparkPath([1e-12, 3e-12, 2e-12], 100, 20)).toBe('M0.0 20.0L50.0 0.0L100.0 10.0')
})

it('draws no line over what is not known, and a price that stood still in the middle', () => {
  expect(sparkPath([1, null, 1, 1], 90, 20)).toBe('M0.0 10.0M60.0 10.0L90.0 10.0')
})
