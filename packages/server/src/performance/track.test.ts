import { canonical, days, hours } from '@pumpiq/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../testing/world.ts'
import { followed, marketOf, oracle, pass } from '../testing/followed-calls.ts'

const seed = 7
const personal = ['BTC', 'ETH', 'SOL', 'XRP', 'ADA', 'LTC'] as const
const timeframes = ['SCALP', 'DAY_TRADE'] as const

async function askAll(world: World): Promise<void> {
  for (const token of personal)
    for (const timeframe of timeframes)
      await world.until(world.client.recommendations.create({ body: { token, timeframe, maxAgeMs: 0 } }))
}

describe('calls followed over eight simulated days', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld({ seed })
    await world.until(world.app.house.round())
    for (let i = 0; i < 6; i++) {
      await askAll(world)
      await pass(world, hours(7) + 11 * 60_000, hours(2))
    }
    await pass(world, days(6), hours(6))
  }, 600_000)
  afterAll(() => world.close())

  it('ends every one, as judging the whole minute history of its venue at once does', async () => {
    const all = await followed(world)
    const market = marketOf(seed)
    const differing = all
      .filter(({ versions }) => versions.length > 0)
      .filter(({ document, versions, source }) => {
        return canonical(versions[0]!.outcome) !== canonical(oracle(market, document, source!))
      })
    const statuses = all.map(({ versions }) => versions[0]?.outcome.status ?? 'OPEN')
    expect(differing.map(({ id }) => id)).toEqual([])
    expect(all.filter(({ state }) => state !== 'closed').map(({ id, knownUntil }) => [id, knownUntil])).toEqual([])
    expect(all.length).toBeGreaterThan(60)
    expect(new Set(statuses).size).toBeGreaterThanOrEqual(3)
  })
})
