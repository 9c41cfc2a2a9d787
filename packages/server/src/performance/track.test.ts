import { canonical, days, hours, minutes, toIso } from '@pumpiq/domain'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyExport } from '../ledger/verify.ts'
import { followed, marketOf, oracle, pass } from '../testing/followed-calls.ts'
import { createWorld, worldStartAt, type World } from '../testing/world.ts'

const seed = 7
const personal = ['BTC', 'ETH', 'SOL', 'XRP'] as const
const timeframes = ['SCALP', 'DAY_TRADE'] as const

async function askAll(world: World): Promise<void> {
  for (const token of personal)
    for (const timeframe of timeframes)
      await world.until(
        world.client.recommendations.create({ body: { token, timeframe, mode: 'technical-only', maxAgeMs: 0 } }),
      )
}

/** Every outcome is what judging the whole minute history of its venue at once gives; those that are not, for a person to read. */
async function unlikeOracle(world: World) {
  const market = marketOf(seed)
  const ended = (await followed(world)).filter(({ versions }) => versions.length > 0)
  return ended
    .map(({ document, versions, source }) => ({
      recorded: versions[0]!.outcome,
      whole: oracle(market, document, source!),
    }))
    .filter(({ recorded, whole }) => canonical(recorded) !== canonical(whole))
}

/** As after kill -9: what the process held is gone, its lease runs out, another begins on the same database. */
async function startedAgain(world: World): Promise<World> {
  await sql`update lease set expires_at = '-infinity'`.execute(world.db)
  return createWorld({ seed, houseMode: 'technical-only', db: world.db, startAt: world.time.now() + 1_000 })
}

describe('calls followed over nine simulated days, through a kill and an outage of a day', () => {
  let first: World
  let world: World
  beforeAll(async () => {
    first = await createWorld({ seed, houseMode: 'technical-only' })
    await first.until(first.app.house.round())
    await askAll(first)
    await pass(first, hours(7), hours(2))
    await askAll(first)
    await pass(first, minutes(20), minutes(5))
    await askAll(first)
    // Killed here, with calls that were never looked at; up again a day later.
    await first.time.advance(hours(26))
    world = await startedAgain(first)
    await world.until(world.app.tracker.round())
    for (let i = 0; i < 3; i++) {
      await askAll(world)
      await pass(world, hours(9) + minutes(11), hours(3))
    }
    await pass(world, days(6), hours(6))
  }, 600_000)
  afterAll(async () => {
    await world.app.close()
    await first.close()
  })

  it('each ends as judging the whole minute history of its venue at once ends it', async () => {
    expect(await unlikeOracle(world)).toEqual([])
    const all = await followed(world)
    expect(all.filter(({ state }) => state !== 'closed').map(({ id }) => id)).toEqual([])
    expect(all.length).toBeGreaterThan(60)
    expect(new Set(all.map(({ versions }) => versions[0]!.outcome.status)).size).toBeGreaterThanOrEqual(3)
    for (const { versions, document, short } of all) {
      expect(versions.map(({ version }) => version)).toEqual([1])
      expect(versions[0]!.notes).toEqual([])
      expect(document.issuedAt <= versions[0]!.outcome.at!).toBe(true)
      const { status, at, rMultiple, returnNetPct } = versions[0]!.outcome
      expect(short).toEqual({ status, at, rMultiple, returnNetPct })
    }
  })

  it('each is sealed once, in a chain that verifies', async () => {
    const lines: string[] = []
    for await (const line of await world.client.ledger.export()) lines.push(`${line}\n`)
    expect(await verifyExport(lines)).toMatchObject({ ok: true, count: lines.length })
    const sealed = lines
      .map((line) => JSON.parse(line) as { seq: number; hash: string; body: { kind: string; recommendation: string } })
      .filter(({ body }) => body.kind === 'outcome')
    const all = await followed(world)
    expect(sealed.map(({ body }) => body.recommendation).toSorted()).toEqual(all.map(({ id }) => id).toSorted())
    const bySeq = new Map(sealed.map(({ seq, hash }) => [seq, hash]))
    for (const { versions } of all) expect(bySeq.get(versions[0]!.seal.seq)).toBe(versions[0]!.seal.hash)
  })

  it('is live, with nothing open', async () => {
    const { tracker } = await world.client.system.health()
    expect(tracker).toEqual({ state: 'live', lagMs: 0, open: 0, behind: [] })
  })

  it('the record counts house calls alone, and lists them losers first, page by page', async () => {
    const all = (await followed(world)).filter(({ document }) => document.house)
    const summary = await world.client.performance.summary()
    expect(summary).toMatchObject({ timeframe: 'SWING', period: 'all', calls: all.length, closed: all.length })
    const listed = []
    let cursor: string | undefined
    do {
      const page = await world.client.performance.recommendations({ query: { limit: 7, ...(cursor && { cursor }) } })
      listed.push(...page.items)
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    expect(listed.map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id).toSorted())
    const rs = listed.map(({ outcome }) => outcome!.rMultiple ?? Infinity)
    expect(rs).toEqual(rs.toSorted((a, b) => a - b))
    expect((await world.client.performance.summary({ query: { timeframe: 'SCALP' } })).calls).toBe(0)
  })
})

describe('the venue of the candles', () => {
  it('halted for hours or not answering for two days: stale, nothing is invented, and later all is as the whole history says', async () => {
    const halt = marketOf(seed)
      .calendar(worldStartAt, worldStartAt + days(200))
      .find((event) => event.event === 'halt' && event.venue === 'binance')!
    const world = await createWorld({ seed, houseMode: 'technical-only', startAt: halt.from - minutes(30) - 7_000 })
    await world.until(world.app.house.round())
    await askAll(world)
    await world.until(world.app.tracker.round())
    expect(await world.client.system.health()).toMatchObject({ tracker: { state: 'live' } })

    await pass(world, halt.from + hours(2) - world.time.now(), hours(1))
    const halted = (await world.client.system.health()).tracker
    expect(halted).toMatchObject({ state: 'stale', behind: expect.arrayContaining([expect.anything()]) })
    expect(new Set(halted.behind.map(({ why }) => why))).toEqual(new Set(['binance tells of no newer candle']))
    await pass(world, halt.to + hours(1) - world.time.now(), minutes(30))
    expect(await world.client.system.health()).toMatchObject({ tracker: { state: 'live', behind: [] } })

    world.faults.fail('binance', 451)
    const knownUntil = world.time.now()
    await pass(world, days(2), hours(8))
    const dead = (await world.client.system.health()).tracker
    expect(dead.state).toBe('stale')
    expect(dead.lagMs!).toBeGreaterThan(days(2) - minutes(5))
    expect(dead.behind[0]!.why).toContain('binance')
    const onBinance = (await followed(world)).filter(({ source }) => source === 'binance')
    expect(onBinance.length).toBeGreaterThan(20)
    for (const { versions } of onBinance)
      for (const { outcome } of versions) expect(outcome.at! <= toIso(knownUntil)).toBe(true)

    world.faults.restore('binance')
    await pass(world, days(6), hours(8))
    expect(await unlikeOracle(world)).toEqual([])
    expect(await world.client.system.health()).toMatchObject({ tracker: { state: 'live', open: 0 } })
    await world.close()
  }, 600_000)
})
