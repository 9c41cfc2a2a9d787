import { expect, it } from 'vitest'
import { createRecent } from './recent.ts'

it('makes each value once while it is asked for, and lets go of what was not asked for the longest', () => {
  const recent = createRecent<string>(2)
  const made: string[] = []
  const ask = (key: string) =>
    recent.remember(key, () => {
      made.push(key)
      return key.toUpperCase()
    })
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map(ask)).toEqual(['A', 'B', 'A', 'C', 'A', 'B'])
  expect(made).toEqual(['a', 'b', 'c', 'b'])
})
