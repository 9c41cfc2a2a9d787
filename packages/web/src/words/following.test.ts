import { expect, it } from 'vitest'
import { followingSentence, followingShort } from './following.ts'

const live = { state: 'live', lagMs: 61_000, open: 3, behind: [] } as const

it('a live tracker says how many it follows', () => {
  expect(followingShort({ ...live, behind: [] })).toBe('Following 3 open calls')
  expect(followingSentence({ ...live, behind: [] })).toBe('3 open calls followed live on closed candles.')
  expect(followingShort({ ...live, open: 0, behind: [] })).toBe('No open call followed yet')
})

it('a tracker that is behind never reads as live, and says that nothing is guessed', () => {
  for (const state of ['stale', 'catching_up'] as const) {
    const tracker = { ...live, state, lagMs: 7_200_000, behind: [] }
    expect(followingShort(tracker)).toContain('2 h behind')
    expect(followingSentence(tracker)).toMatch(/guessed\.$/)
    expect(followingSentence(tracker)).not.toContain('live')
    expect(followingShort({ ...tracker, lagMs: null })).not.toContain('behind')
  }
})
