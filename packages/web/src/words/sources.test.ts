import { describe, expect, it } from 'vitest'
import type { SourceHealth } from '@pumpiq/api'
import { quotaText, sourceCounts, sourceGroups, sourceNotes, standingSentence } from './sources.ts'

const now = Date.parse('2026-06-01T12:00:00.000Z')
const source = (more: Partial<SourceHealth>): SourceHealth => ({
  id: 'one',
  docs: 'https://docs.example/one',
  feeds: [],
  kinds: ['news'],
  state: 'up',
  off: null,
  calls: 3,
  failures: {},
  lastSuccessAt: '2026-06-01T11:59:00.000Z',
  lastFailureAt: null,
  lastFailure: null,
  breaker: 'closed',
  drift: 0,
  latencyMs: null,
  heldUntil: null,
  quota: null,
  line: null,
  ...more,
})

it('counts what answers, is down, was not asked and is off, and leaves out what there is none of', () => {
  const off = source({ state: 'unknown', off: 'needs ONE_API_KEY' })
  expect(sourceCounts([source({}), source({}), source({ state: 'down' }), off])).toBe('2 answering, 1 down, 1 off')
  expect(sourceCounts([source({ state: 'unknown' })])).toBe('1 not asked yet')
})

it('a source of two kinds stands in both, one of none last, and no group is empty', () => {
  const groups = sourceGroups([source({ id: 'none', kinds: [] }), source({ id: 'two', kinds: ['social', 'onchain'] })])
  expect(groups.map(({ kind, sources }) => [kind, sources.map(({ id }) => id)])).toEqual([
    ['onchain', ['two']],
    ['social', ['two']],
    [null, ['none']],
  ])
})

describe('a source says how it stands', () => {
  it.each([
    [source({}), 'answering, no failure since the start'],
    [source({ lastFailureAt: '2026-06-01T09:05:00.000Z' }), 'answering since 1 Jun 09:05 UTC'],
    [source({ state: 'unknown' }), 'not asked yet'],
    [source({ state: 'unknown', off: 'needs ONE_API_KEY' }), 'off: needs ONE_API_KEY'],
    [source({ state: 'down', lastFailure: 'no answer' }), 'down: no answer; last answered 1 min ago'],
    [source({ state: 'down', lastSuccessAt: null }), 'down: its breaker is open; never answered'],
  ])('%#: %s', (one, sentence) => {
    expect(standingSentence(one, now)).toBe(sentence)
  })
})

it('tells drift, a wait that is not over, and its line, and nothing where there is nothing', () => {
  expect(sourceNotes(source({ heldUntil: '2026-06-01T11:00:00.000Z' }), now)).toEqual([])
  const line = {
    connected: false,
    since: '2026-06-01T11:58:00.000Z',
    watched: 3,
    lastMessageAt: null,
    reconnects: 1,
    skewMs: null,
    problem: 'closed',
  }
  const open = { ...line, connected: true, problem: null }
  expect(sourceNotes(source({ line: open }), now)).toEqual([
    { text: 'its line of 3 symbols is open for 2 min', isBad: false },
  ])
  const notes = sourceNotes(source({ drift: 1, heldUntil: '2026-06-01T12:01:00.000Z', line }), now)
  expect(notes.every(({ isBad }) => isBad)).toBe(true)
  expect(notes.map(({ text }) => text)).toEqual([
    'asked us to wait until 1 Jun 12:01 UTC',
    'its line is down for 2 min: closed',
    '1 answer not in the documented shape',
  ])
})

it('a quota is told by its window', () => {
  expect(quotaText({ calls: 60, perMs: 60_000, left: 37 })).toBe('37 of 60 left this minute')
  expect(quotaText({ calls: 2_000, perMs: 86_400_000, left: 1_204.9 })).toBe('1,204 of 2,000 left today')
  expect(quotaText({ calls: 5, perMs: 10_000, left: 0 })).toBe('0 of 5 left in 10 s')
})
