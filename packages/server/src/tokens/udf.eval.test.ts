import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { price, tokenId } from '@pumpiq/domain'
import { nobody, UdfHistory } from '@pumpiq/api'
import { knownTokens } from './known.ts'
import { createUdfRoutes } from './udf.ts'

const folder = process.env['EVALUATION_DIR']
const example = (name: string): unknown =>
  JSON.parse(readFileSync(join(folder!, 'fixtures/tradingview_udf', `${name}.json`), 'utf8'))

const abort = new AbortController().signal
const given = { params: undefined, body: undefined, abort, caller: nobody }
const kinds = (value: unknown): unknown =>
  Array.isArray(value)
    ? [kinds(value[0])]
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, kinds(member)]))
      : typeof value

type Columns = Record<'t' | 'o' | 'h' | 'l' | 'c' | 'v', number[]>

/** The feed over the candles of the protocol's own example. */
function feedOver({ t, o, h, l, c, v }: Columns) {
  const text = (value: number) => price(String(value))
  const candles = t.map((at, i) => ({
    ts: at * 1_000,
    open: text(o[i]!),
    high: text(h[i]!),
    low: text(l[i]!),
    close: text(c[i]!),
    volume: text(v[i]!),
    minutes: 1,
  }))
  const [token] = knownTokens
  return createUdfRoutes({
    tokens: { ensure: async () => undefined, resolve: async () => token! },
    store: { page: async () => [] },
    history: async ({ from, to }) => ({
      source: 'example',
      why: null,
      candles: candles.filter(({ ts }) => (from === null || ts >= from) && (to === null || ts < to)).toReversed(),
    }),
    clock: { now: () => 0 },
  })
}

describe.skipIf(!folder)('the examples of the UDF protocol (needs EVALUATION_DIR)', () => {
  it('a history is told as the example tells it', async () => {
    const told = example('history_ok') as Columns
    const query = {
      symbol: tokenId('bitcoin:native'),
      resolution: '1',
      from: told.t[0]!,
      to: told.t.at(-1)! + 60,
    } as const
    expect(await feedOver(told).history({ query, ...given })).toEqual(told)
  })

  it('no data is told as the example tells it, in seconds', async () => {
    const told = example('history_no_data') as { nextTime: number }
    const feed = feedOver({ t: [told.nextTime], o: [1], h: [1], l: [1], c: [1], v: [0] })
    const query = { symbol: 'BTC', resolution: '1', from: told.nextTime + 60, to: told.nextTime + 120 } as const
    expect(await feed.history({ query, ...given })).toEqual(told)
    expect(UdfHistory.parse(told)).toEqual(told)
  })

  it('the configuration has every member of the one that charts assume, of the same kind', async () => {
    const assumed = example('config_default') as Record<string, unknown>
    const ours = await feedOver({ t: [], o: [], h: [], l: [], c: [], v: [] }).config({ query: undefined, ...given })
    for (const [name, member] of Object.entries(assumed))
      expect([name, kinds(ours[name as keyof typeof ours])]).toEqual([name, kinds(member)])
    process.stdout.write('read 3 examples of the UDF protocol\n')
  })
})
