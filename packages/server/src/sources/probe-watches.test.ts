import { expect, it } from 'vitest'
import { Failure } from '@pumpiq/domain'
import { createAsk } from '../network/ask.ts'
import { silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { createLeapingClock } from '../testing/test-source.ts'
import { checkWatches } from './probe-watches.ts'
import { sources } from './index.ts'
import { figuresOf } from './seen.ts'
import type { Source } from './source.ts'
import type { Watch } from './watch.ts'

const clock = createLeapingClock(Date.UTC(2026, 2, 1, 12))
const down = () => Promise.reject(new TypeError('fetch failed'))
const needs = {
  ask: createAsk({ fetch: down, clock, random: seededRandom(1), log: silentLog }),
  clock,
  patienceMs: 1_000,
  abort: new AbortController().signal,
}

const common = { kind: 'onchain', calls: 1 } as const
const watches: readonly Watch[] = [
  {
    ...common,
    name: 'told',
    about: 'market',
    see: async ({ now }) => figuresOf({ source: 'one', token: null, observedAt: now, fetchedAt: now }, { tvlUsd: 1 }),
  },
  { ...common, name: 'nothing', about: 'token', serves: ({ chain }) => chain === 'ethereum', see: async () => [] },
  {
    ...common,
    name: 'unknown',
    about: 'token',
    serves: () => true,
    see: () => Promise.reject(new Failure('notFound', 'one does not know it')),
  },
]
const source = (id: string, more: Partial<Source>): Source => ({
  id,
  docs: '',
  key: 'none',
  budget: { calls: 9, perMs: 1 },
  feeds: {},
  ...more,
})

it('tells what each watch answered; what knows no token has answered, what serves none is not asked', async () => {
  const broken: Watch = {
    ...watches[2]!,
    name: 'broken',
    see: () => Promise.reject(new Failure('unavailable', 'gone')),
  }
  const nobodys: Watch = { ...watches[1]!, name: 'nobodys', serves: () => false } as Watch
  const all = [
    source('one', { watches }),
    source('two', { watches: [broken, nobodys] }),
    source('paid', { watches, optIn: 'paid' }),
  ]
  expect((await checkWatches(all, needs)).map(({ source: id, watch, ok, said }) => [id, watch, ok, said])).toEqual([
    ['one', 'told', true, 'answers'],
    ['one', 'nothing', true, 'answers that there is nothing'],
    ['one', 'unknown', true, 'one does not know it'],
    ['two', 'broken', false, 'gone'],
  ])
})

it('asks every real source that tells something and need not be asked for by name', async () => {
  const probed = await checkWatches(
    sources.filter(({ key }) => key === 'none' || !key.required),
    needs,
  )
  const told = new Set(probed.map(({ source: id }) => id))
  const telling = sources.filter(({ watches: own, key, optIn }) => own && !optIn && (key === 'none' || !key.required))
  expect(telling.filter(({ id }) => !told.has(id)).map(({ id }) => id)).toEqual([])
  expect(probed.filter(({ ok }) => ok)).toEqual([])
})
