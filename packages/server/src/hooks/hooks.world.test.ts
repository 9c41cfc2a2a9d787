import { expect, it } from 'vitest'
import { toIso } from '@pumpiq/domain'
import { createWorld, worldStartAt } from '../testing/world.ts'

it('the whole server takes alerts by hooks, judges them by its venues’ candles, and is a datafeed for charts', async () => {
  const world = await createWorld()
  const { client, time } = world
  try {
    const { id, secret } = await client.hooks.create({ body: { name: 'breakouts' } })
    const body = { secret, ticker: 'COINBASE:ETHUSD', side: 'sell', interval: '60' } as const
    const taken = await world.until(client.hooks.alert({ params: { id }, body }))
    expect(taken).toMatchObject({ token: 'ethereum:native', side: 'short', interval: '1h', repeated: false })
    expect(taken.at).toBe(toIso(worldStartAt))

    await time.advance(30 * 3_600_000)
    await world.until(world.app.jobs.place('judge-alerts', undefined))
    let record = (await client.hooks.list()).items[0]!.record
    for (let i = 0; i < 100 && record.judged === 0; i++) {
      await world.until(new Promise((resolve) => setTimeout(resolve, 50)))
      record = (await client.hooks.list()).items[0]!.record
    }
    expect(record).toMatchObject({ alerts: 1, judged: 1, apart: 1, hitRatio: null })
    expect(record.hits + record.misses + record.undecided).toBe(1)

    expect(await client.udf.time()).toBe(Math.floor(time.now() / 1_000))
    const symbol = await world.until(client.udf.symbols({ query: { symbol: 'BTC' } }))
    expect(symbol).toMatchObject({ ticker: 'bitcoin:native', pricescale: 100 })
    const query = { symbol: 'bitcoin:native', resolution: '60', from: 0, to: Math.floor(time.now() / 1_000) } as const
    expect(await client.udf.history({ query })).toEqual({ s: 'no_data' })
  } finally {
    await world.close()
  }
}, 120_000)
