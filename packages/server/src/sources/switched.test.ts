import { expect, it } from 'vitest'
import { sources } from './index.ts'
import type { Source } from './source.ts'
import { adminCardsOf, kindsOf, switchedSources } from './switched.ts'

const source = (id: string, more: Partial<Source> = {}): Source => ({
  id,
  docs: 'https://docs.example',
  key: 'none',
  budget: { calls: 1, perMs: 1_000 },
  feeds: {},
  ...more,
})
const keyed = source('with-key', { key: { header: 'x-key', required: true } })
const asked = source('asked', { optIn: 'its terms forbid robots' })

it('asks what needs no key, and says of the others why not', () => {
  const { on, off } = switchedSources([source('open'), keyed, asked], {}, {})
  expect(on.map(({ id }) => id)).toEqual(['open'])
  expect(off.map(({ id, why }) => [id, why])).toEqual([
    ['with-key', 'needs WITH_KEY_API_KEY'],
    ['asked', 'its terms forbid robots; PUMPIQ_SOURCES=+asked switches it on'],
  ])
})

it('asks what has its key or is chosen, and not what was switched off', () => {
  const { on, off } = switchedSources([source('open'), keyed, asked], { 'with-key': 1 }, { asked: true, open: false })
  expect(on.map(({ id }) => id)).toEqual(['with-key', 'asked'])
  expect(off).toEqual([{ id: 'open', kinds: [], why: 'switched off by PUMPIQ_SOURCES' }])
})

it('knows for which kind each source speaks', () => {
  expect(sources.filter((one) => kindsOf(one).length === 0 && !one.feeds.catalogue).map(({ id }) => id)).toEqual([])
})

it('says of each which key it takes, never the key, and what it tells by itself', () => {
  const maybe = source('maybe', { key: { header: 'x-key', required: false }, streams: { tokens: {} as never } })
  const keys = { 'with-key': 'the-key-itself' }
  const cards = adminCardsOf([source('open'), keyed, maybe], switchedSources([keyed, maybe], keys, {}).off, keys)
  expect(cards.map(({ id, key, hasKey, tells }) => [id, key, hasKey, tells])).toEqual([
    ['open', 'none', false, []],
    ['with-key', 'required', true, []],
    ['maybe', 'optional', false, ['tokens']],
  ])
  expect(JSON.stringify(cards)).not.toContain('the-key-itself')
})
