import { expect } from 'vitest'
import { fromIso } from '@pumpiq/domain'
import type { Cast } from './every-operation-accounts.ts'
import { once } from './every-operation.ts'

const bitcoin = { id: 'bitcoin:native' }

/** What is known of tokens and of the market. */
export async function askMarket({ asking: { as, world } }: Cast): Promise<void> {
  const { tokens, evidence, analysis, system } = as()
  const searched = await world.until(tokens.search({ query: { q: 'btc' } }))
  expect(searched.items[0]).toMatchObject({ id: bitcoin.id, match: 'symbol' })
  const page = await tokens.list({ query: { limit: 2 } })
  expect([page.items.length, page.next]).toEqual([2, expect.any(String)])
  expect(await tokens.one({ params: bitcoin })).toMatchObject({ symbol: 'BTC', chain: 'bitcoin' })
  const known = await world.until(evidence.token({ params: { id: 'BTC' }, query: { kinds: 'technical' } }))
  expect(known).toMatchObject({ token: bitcoin, asked: ['technical'], labels: ['SIMULATED'] })
  expect(known.readings.length).toBeGreaterThan(5)
  const history = await tokens.history({ params: bitcoin, query: { interval: '1h', include: 'technical' } })
  expect(history).toMatchObject({ token: bitcoin.id, interval: '1h' })
  const { items } = await tokens.sparklines({ query: { tokens: 'bitcoin:native,nobody:native' } })
  expect(items.map(({ token }) => token)).toEqual([bitcoin.id, 'nobody:native'])
  expect(await analysis.sentiment({ params: { id: 'BTC' } })).toMatchObject({ token: bitcoin, labels: ['SIMULATED'] })
  const compared = await world.until(analysis.compare({ query: { tokens: 'BTC,ETH' } }))
  expect(compared.items.map(({ token }) => token.symbol)).toEqual(['BTC', 'ETH'])
  const overview = await world.until(analysis.overview())
  expect(overview.labels).toEqual(['SIMULATED'])
  expect((await system.sources()).items.some(({ state }) => state === 'up')).toBe(true)
}

/** The installation itself, as everybody may see it. */
export async function askSystem({ asking: { as } }: Cast): Promise<void> {
  const { system } = as()
  expect(await system.health()).toMatchObject({ data: 'simulated', version: 'test' })
  expect(await system.ready()).toMatchObject({ ready: true })
  expect((await system.jobs()).roles.every(({ isWorkedHere }) => isWorkedHere)).toBe(true)
}

/** Recommendations of one's own, and the jobs that make them. */
export async function askRecommendations({ ann, asking: { world } }: Cast): Promise<void> {
  const { recommendations, jobs } = ann.client
  const made = await world.until(recommendations.create({ body: { token: 'BTC', mode: 'technical-only' } }))
  expect(made).toMatchObject({ token: bitcoin.id, house: false, mode: 'technical-only' })
  const params = { id: made.id }
  expect(await recommendations.one({ params })).toEqual(made)
  expect((await recommendations.list({ query: { whose: 'mine' } })).items.map(({ id }) => id)).toEqual([made.id])
  expect(await recommendations.inputs({ params })).toMatchObject({ ...params, inputsHash: made.inputsHash })
  expect((await recommendations.explanation({ params })).sentences.length).toBeGreaterThan(0)
  expect(await recommendations.outcome({ params })).toMatchObject({ ...params, versions: [] })
  const followed = await recommendations.follow({ params, body: { state: 'following', note: 'mine' } })
  expect(followed.mine).toMatchObject({ state: 'following', note: 'mine' })
  expect(await recommendations.following({ params })).toEqual(followed)

  const job = await world.until(recommendations.batch({ body: { tokens: ['ETH', 'SOL'] } }))
  expect(job).toMatchObject({ kind: 'batch', progress: { total: 2 } })
  const done = await once(world, async () => {
    const now = await jobs.one({ params: { id: job.id } })
    return now.endedAt !== null && now
  })
  expect(done).toMatchObject({ state: 'completed', progress: { done: 2, failed: 0 } })
  expect((await jobs.list()).items.map(({ id }) => id)).toEqual([job.id])
  expect(await jobs.cancel({ params: { id: job.id } })).toMatchObject({ id: job.id, state: 'completed' })
}

/** The record, as everybody may check it. */
export async function askRecord({ asking: { as } }: Cast): Promise<void> {
  const { ledger, performance } = as()
  const head = await ledger.head()
  const lines: { seq: number; hash: string }[] = []
  for await (const line of await ledger.export()) lines.push(JSON.parse(line) as { seq: number; hash: string })
  expect(lines.length).toBe(head.seq)
  expect(lines.at(-1)).toMatchObject(head)
  expect(await performance.summary()).toMatchObject({ timeframe: 'SWING', period: 'all', closed: 0 })
  const broken = await performance.breakdown({ query: { by: 'token' } })
  expect(broken).toMatchObject({ by: 'token', timeframe: 'SWING' })
  expect((await performance.baselines()).counted).toMatchObject({ decided: 0, played: 0 })
  expect(await performance.equity()).toMatchObject({ n: 0, points: [], lines: { length: 8 } })
  expect((await performance.calibration()).methods.every(({ shown }) => shown.n === 0)).toBe(true)
  expect(await performance.token({ params: bitcoin })).toMatchObject({ token: bitcoin.id, closed: 0 })
  expect(await performance.recommendations()).toEqual({ items: [], next: null })
}

/** Alerts of others that come in, and charts of others. */
export async function askOthers({ root, asking: { as, world } }: Cast): Promise<void> {
  const { hooks } = root.client
  const { id, secret } = await hooks.create({ body: { name: 'breakouts' } })
  const body = { secret, ticker: 'COINBASE:ETHUSD', side: 'sell', interval: '60' } as const
  const taken = await world.until(as().hooks.alert({ params: { id }, body }))
  expect(taken).toMatchObject({ token: 'ethereum:native', side: 'short', repeated: false })
  expect((await hooks.list()).items).toMatchObject([{ id, record: { alerts: 1, judged: 0 } }])
  expect(await hooks.remove({ params: { id } })).toEqual({ id })

  const { udf } = as()
  expect((await udf.config()).supported_resolutions).toContain('60')
  expect(await udf.symbols({ query: { symbol: 'BTC' } })).toMatchObject({ ticker: bitcoin.id })
  expect((await udf.search({ query: { query: 'btc' } }))[0]).toMatchObject({ ticker: bitcoin.id })
  const now = Math.floor(world.time.now() / 1_000)
  const query = { symbol: bitcoin.id, resolution: '60', from: 0, to: now } as const
  expect(['ok', 'no_data']).toContain((await udf.history({ query })).s)
  const told = await udf.time()
  expect(told).toBe(Math.floor(fromIso((await as().system.health()).at) / 1_000))
}
