import { expect, it } from 'vitest'
import { candlesOf, minutes, type Bar } from '@pumpiq/domain'
import { createWorld, worldStartAt } from '../testing/world.ts'
import { createCandleStore } from './candles.ts'
import { createRollUps } from './rollups.ts'

it('candles of a token are asked for page by page; of one that is not known there are none, with a reason', async () => {
  const world = await createWorld()
  const { client, db } = world
  try {
    const params = { id: 'bitcoin:native' }
    const none = await world.until(client.tokens.history({ params }))
    expect(none).toMatchObject({ items: [], next: null, source: null, interval: '1h' })
    expect(none.why).toContain('no candles of bitcoin:native are kept')
    const at = worldStartAt - (worldStartAt % minutes(60)) - minutes(120)
    const bars = Array.from({ length: 60 }, (_, i): Bar => ({
      openAt: at + minutes(i),
      open: 2.5e-7,
      high: 3e-7,
      low: 1e-7,
      close: 2e-7,
      volume: 1e6,
    }))
    await db.transaction().execute((tx) =>
      createCandleStore({ db }).put(tx, { token: params.id, source: 'binance' }, candlesOf('x', minutes(1), bars), {
        interval: '1m',
        fetchedAt: worldStartAt,
      }),
    )
    await createRollUps({ db }).rollUp()
    const query = { interval: '15m', limit: 3 } as const
    const first = await client.tokens.history({ params, query })
    const rest = await client.tokens.history({ params, query: { ...query, cursor: first.next! } })
    const quarter = { open: '0.00000025', high: '0.0000003', low: '0.0000001', close: '0.0000002', minutes: 15 }
    expect([...first.items, ...rest.items]).toEqual(
      [45, 30, 15, 0].map((i) => ({ ts: at + minutes(i), ...quarter, volume: '15000000' })),
    )
    expect([first.source, rest.source, rest.next]).toEqual(['binance', 'binance', null])
    const include = 'technical,onchain,sentiment'
    const beside = await client.tokens.history({ params, query: { interval: '1m', limit: 10, include } })
    const { technical, onchain, sentiment } = beside.series!
    expect(technical!.ema20).toEqual(Array.from({ length: 10 }, () => 2e-7))
    expect([technical!.rsi14.length, onchain!.holders.length, sentiment!.newsDocuments.length]).toEqual([10, 10, 10])
    const wrong = client.tokens.history({ params, query: { include: 'technical,weather' } })
    await expect(wrong).rejects.toMatchObject({ code: 'invalid' })
    const unknown = client.tokens.history({ params: { id: 'nobody:native' } })
    await expect(unknown).rejects.toMatchObject({ code: 'notFound' })
  } finally {
    await world.close()
  }
}, 120_000)
