import { hours, kinds, minutes, type Kind } from '@pumpiq/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../testing/world.ts'
import type { VendorName } from './faults.ts'

const native = 'bitcoin:native'
const contract = 'ethereum:0x7fc66500c84a76ad7e9c93437bfc5ac33e2ddae9'
const honeypot = 'binance-smart-chain:0x51000000000000000000000000000000000000a8'

describe('evidence of all kinds on the simulated market', () => {
  let world: World
  beforeAll(async () => void (world = await createWorld()), 120_000)
  afterAll(() => world.close())

  const known = (id: string) => world.until(world.client.evidence.token({ params: { id } }))
  const advised = (token: string) => world.until(world.client.recommendations.create({ body: { token, maxAgeMs: 0 } }))

  it.each([native, contract])('is there for %s at the first question, labelled, without a gap', async (id) => {
    const { readings, coverage, gaps, labels, stories, crowd, ...said } = await known(id)
    for (const kind of kinds) {
      expect(readings.filter((reading) => reading.kind === kind).length, kind).toBeGreaterThan(0)
      expect([kind, coverage[kind]]).toEqual([kind, 1])
      expect(said.kinds[kind].score, kind).not.toBeNull()
    }
    expect([gaps, labels]).toEqual([[], ['SIMULATED']])
    expect(stories!.length).toBeGreaterThan(0)
    expect(crowd!.posts).toBeGreaterThan(1)
    const now = world.time.now()
    const told = [...readings.map(({ observedAt }) => observedAt), ...stories!.map(({ publishedAt }) => publishedAt)]
    expect(told.filter((at) => at !== null && Date.parse(at) > now)).toEqual([])
  })

  it('says that an ordinary contract is safe, that a coin of its own chain has none, and that one is a honeypot', async () => {
    expect((await known(native)).safety).toEqual({ applicable: false })
    expect((await known(contract)).safety).toMatchObject({ applicable: true, verdict: 'pass' })
    const { safety } = await known(honeypot)
    expect(safety).toMatchObject({ applicable: true, verdict: 'fail' })
    const failed = safety?.applicable ? safety.checks.filter(({ verdict }) => verdict === 'fail') : []
    expect(failed.map(({ id }) => id)).toContain('honeypot')
  })

  it('advises to avoid the honeypot, and not the ordinary contract', async () => {
    expect((await advised(honeypot)).type).toBe('AVOID')
    expect((await advised(contract)).type).not.toBe('AVOID')
  })

  it('names a vendor that fails, and is whole again once it speaks', async () => {
    // Past the time for which answers are taken.
    await world.time.advance(hours(13))
    world.faults.fail('dexscreener', 503)
    const { gaps } = await known(contract)
    expect(new Set(gaps.map(({ source }) => source))).toEqual(new Set(['dexscreener']))
    world.faults.restore('dexscreener')
    await world.time.advance(minutes(1))
    expect((await known(contract)).gaps).toEqual([])
  })
})

describe.concurrent('a vendor that is silent from the start', () => {
  const silent: readonly (readonly [VendorName, string, Kind])[] = [
    ['dexscreener', contract, 'onchain'],
    ['goplus', contract, 'onchain'],
    ['coindesk', native, 'news'],
    ['cointelegraph', contract, 'news'],
    ['reddit-rss', native, 'social'],
    ['bluesky', contract, 'social'],
    ['alternative-me', native, 'social'],
    ['binance-futures', native, 'technical'],
    ['defillama', native, 'onchain'],
  ]
  it.each(silent)(
    'is named, as %s is for %s, and covers less of its kind alone; advice is given all the same',
    async (vendor, id, kind) => {
      const world = await createWorld()
      try {
        world.faults.silence(vendor)
        const { gaps, coverage, safety } = await world.until(world.client.evidence.token({ params: { id } }))
        const rec = await world.until(world.client.recommendations.create({ body: { token: id, maxAgeMs: 0 } }))
        expect(new Set(gaps.map(({ source }) => source))).toEqual(new Set([vendor]))
        expect(gaps.map((gap) => gap.kind)).toContain(kind)
        for (const other of kinds) expect([other, coverage[other]! < 1]).toEqual([other, other === kind])
        expect(rec.gaps.map(({ source }) => source)).toContain(vendor)
        expect([rec.abstained, rec.labels]).toEqual([null, ['SIMULATED']])
        const unproven = { applicable: true, verdict: 'unknown' }
        if (vendor === 'goplus') expect([safety, rec.type]).toMatchObject([unproven, expect.not.stringMatching(/BUY/)])
      } finally {
        await world.close()
      }
    },
  )
}, 120_000)
