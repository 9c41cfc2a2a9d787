import { storedInputs } from './recommendations/stored-inputs.ts'
import { Brief, canonical, sealedBody, type Recommendation } from '@pumpiq/domain'
import { encodeCursor } from '@pumpiq/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyExport } from './ledger/verify.ts'
import { replayed, compareReplay } from './recommendations/replay.ts'
import { createWorld, type World } from './testing/world.ts'
import { sha256Hex } from './platform/hash.ts'

const venues = ['binance', 'coinbase', 'kraken', 'okx', 'bybit'] as const

describe('the whole server on the simulated market', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
    await world.until(world.app.house.round())
  }, 120_000)
  afterAll(() => world.close())

  const ask = (token: string, maxAgeMs?: number) =>
    world.until(world.client.recommendations.create({ body: { token, ...(maxAgeMs !== undefined && { maxAgeMs }) } }))

  async function stored(): Promise<Recommendation[]> {
    const { items } = await world.client.recommendations.list({ query: { limit: 100 } })
    return Promise.all(items.map(({ id }) => world.client.recommendations.one({ params: { id } })))
  }

  it('makes a house call for every token it tracks, each sealed, labelled SIMULATED and without a claim of edge', async () => {
    const { house, data, status, sources } = await world.client.system.health()
    expect(sources.down).toEqual([])
    expect({ data, status }).toEqual({ data: 'simulated', status: 'ok' })
    expect(house.called).toBe(house.tracked)
    expect(house.tracked).toBeGreaterThanOrEqual(20)
    for (const one of await stored()) {
      expect(one.labels).toContain('SIMULATED')
      expect(one.seal!.hash).toBe(sha256Hex(`${one.seal!.prevHash}\n${canonical(sealedBody(one))}`))
      expect(one.actionable.yes).toBe(false)
    }
  })

  it('answers the same question with the same sealed answer while it is fresh, and with a new one when asked', async () => {
    const first = await ask('BTC', 0)
    expect((await ask('bitcoin:native')).id).toBe(first.id)
    await world.time.advance(1_000)
    const second = await ask('BTC', 0)
    expect(second.id).not.toBe(first.id)
    expect(second.previous?.id).toBe(first.id)
  })

  it('asks once when many ask the same at once', async () => {
    const answers = await world.until(
      Promise.all(
        Array.from({ length: 20 }, () => world.client.recommendations.create({ body: { token: 'SOL', maxAgeMs: 0 } })),
      ),
    )
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
  })

  it('replays every stored recommendation byte for byte with the stored result taken away, and notices one altered reading', async () => {
    const all = await stored()
    expect(all.length).toBeGreaterThanOrEqual(20)
    for (const one of all) {
      const inputs = await storedInputs(world.app.recommendations, one)
      const { dossier } = Brief.parse(JSON.parse(inputs.brief))
      const { document, faults } = replayed(one.id, inputs)
      expect(faults).toEqual([])
      expect(canonical(sealedBody(document))).toBe(canonical(sealedBody(one)))
      if (dossier.readings.length === 0) continue
      const altered = Brief.parse(JSON.parse(inputs.brief))
      altered.dossier.readings[0]!.value += 0.000001
      const verdict = compareReplay(one, { ...inputs, brief: canonical(altered) }, 'test')
      expect(verdict.identical).toBe(false)
      expect(verdict.differences.join('\n')).toContain('dossier.readings')
    }
  })

  it('refuses to compare what another engine version decided', async () => {
    const [one] = await stored()
    const inputs = await storedInputs(world.app.recommendations, one!)
    expect(() => compareReplay(one!, inputs, 'other')).toThrow(/was made by engine test; this is other/)
  })

  it('exports a chain that verifies, with every recommendation and its inputs in it', async () => {
    const lines: string[] = []
    for await (const line of await world.client.ledger.export()) lines.push(`${line}\n`)
    const verdict = await verifyExport(lines)
    expect(verdict).toMatchObject({ ok: true, count: lines.length })
    const bodies = lines.map((line) => (JSON.parse(line) as { body: { kind: string } }).body.kind)
    expect(bodies.filter((kind) => kind === 'recommendation').length).toBe((await stored()).length)
    expect((await world.client.ledger.head()).seq).toBe(lines.length)
  })

  it('shows the evidence behind a call: readings with their names, quotes of two venues or more, a series of closes', async () => {
    const one = await ask('ETH')
    const inputs = await world.client.recommendations.inputs({ params: { id: one.id } })
    expect(sha256Hex(canonical(inputs.brief))).toBe(one.inputsHash)
    expect(inputs.readings.length).toBeGreaterThan(10)
    expect(new Set(inputs.quotes.map(({ source }) => source)).size).toBeGreaterThanOrEqual(2)
    expect(inputs.series[0]!.close.length).toBeGreaterThan(100)
  })

  it('a ticker that two serious tokens bear is a conflict that lists both; an unknown one and a look-alike are told apart', async () => {
    const twins = (await world.client.tokens.list({ query: { limit: 100 } })).items
    const symbols = twins.map(({ symbol }) => symbol)
    const twice = symbols.find((symbol, i) => symbols.indexOf(symbol) !== i)
    expect(twice).toBeDefined()
    const failure = await ask(twice!).catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({ code: 'conflict' })
    expect((failure as { candidates: unknown[] }).candidates.length).toBeGreaterThanOrEqual(2)
    await expect(ask('NOSUCH')).rejects.toMatchObject({ code: 'notFound' })
    await expect(ask('ВТС')).rejects.toMatchObject({ code: 'invalid' })
  })

  it('a token whose ticker means another one at the venues gets no call: the catalogue knows its price by identity', async () => {
    const { items } = await world.client.tokens.list({ query: { q: 'ORB', limit: 10 } })
    const calls = await Promise.all(items.map(({ id }) => ask(id, 0)))
    const refused = calls.filter(({ abstained }) => abstained?.includes('another token'))
    expect(items.length).toBe(2)
    expect(refused.length).toBe(1)
    expect(refused[0]!.token).toMatch(/^solana:/)
  })

  it('one venue left: no call, and it says which venue and why the others are silent', async () => {
    for (const venue of ['coinbase', 'kraken', 'okx', 'bybit'] as const) world.faults.fail(venue, 503)
    const document = await ask('XRP', 0)
    expect(document).toMatchObject({
      type: 'HOLD',
      confidence: null,
      abstained: expect.stringContaining('only binance gave a fresh price'),
    })
    expect(new Set(document.gaps.map(({ source }) => source))).toEqual(new Set(['coinbase', 'kraken', 'okx', 'bybit']))
    for (const venue of venues) world.faults.restore(venue)
  })

  it.each([
    ['silent', () => world.faults.silence('binance')],
    ['failing', () => world.faults.fail('binance', 500)],
    ['throttling', () => world.faults.throttle('binance', 60)],
    ['answering with a web page', () => world.faults.garble('binance', 'html')],
    ['answering half', () => world.faults.garble('binance', 'truncated')],
    ['answering nothing', () => world.faults.garble('binance', 'empty')],
    ['slow', () => world.faults.slow('binance', 30_000)],
  ])('with the first venue %s the next one gives the candles, and the gap has a name', async (_, break_) => {
    await world.time.advance(120_000)
    break_()
    const startedAt = world.time.now()
    const document = await ask('ADA', 0)
    expect(world.time.now() - startedAt).toBeLessThanOrEqual(6_000)
    expect(document.abstained).toBeNull()
    expect(document.gaps.map(({ source }) => source)).toContain('binance')
    const inputs = await world.client.recommendations.inputs({ params: { id: document.id } })
    expect(inputs.series[0]!.id).not.toContain('binance')
    world.faults.restore('binance')
  })

  it('with every venue dead: no call is invented and health says offline', async () => {
    await world.time.advance(120_000)
    for (const venue of venues) world.faults.fail(venue, 503)
    const document = await ask('LTC', 0)
    expect(document).toMatchObject({
      type: 'HOLD',
      abstained: 'no venue gave a fresh price',
      confidence: null,
      price: null,
    })
    const { sources } = await world.client.system.health()
    expect(new Set(sources.down.map(({ id }) => id))).toEqual(new Set(venues))
    for (const venue of venues) world.faults.restore(venue)
  })
})

it('an unchanged house call is not sealed again within four hours, and is after', async () => {
  const world = await createWorld()
  await world.until(world.app.house.round())
  const between = (await world.client.ledger.head()).seq
  await world.until(world.app.house.round())
  expect((await world.client.ledger.head()).seq).toBe(between)
  await world.time.advance(4 * 3_600_000)
  await world.until(world.app.house.round())
  const { house } = await world.client.system.health()
  expect((await world.client.ledger.head()).seq - between).toBeGreaterThanOrEqual(3 * (house.tracked - 2))
  await world.close()
}, 120_000)

it('a forged cursor is the caller’s fault, whatever instant it names', async () => {
  const world = await createWorld()
  const id = '01900000-0000-7000-8000-000000000001'
  for (const at of [-1, 9e15, 1e300, 0.5]) {
    const asked = world.client.recommendations.list({ query: { cursor: encodeCursor({ at, id }) } })
    await expect(asked, String(at)).rejects.toMatchObject({ code: 'invalid' })
  }
  await world.close()
}, 60_000)
