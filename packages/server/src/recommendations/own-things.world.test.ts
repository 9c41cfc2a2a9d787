import { expect, it } from 'vitest'
import { price } from '@pumpiq/domain'
import { prefix, type Job } from '@pumpiq/api'
import { createWorld, type World } from '../testing/world.ts'

/** Looks at a job, with real time between looks, while the world works. */
async function ended(world: World, id: string): Promise<Job> {
  for (let i = 0; i < 400; i++) {
    const job = await world.client.jobs.one({ params: { id } })
    if (job.endedAt !== null) return job
    await world.until(new Promise((resolve) => setTimeout(resolve, 50)))
  }
  throw new Error(`the job ${id} does not end`)
}

it('the whole server keeps a user’s watchlist and portfolio, and makes his batch of what he watches', async () => {
  const world = await createWorld()
  const { client, app } = world
  try {
    const watched = await world.until(client.watchlist.add({ body: { token: 'SOL', targetPrice: '0.000000001234' } }))
    expect(watched).toMatchObject({ id: 'solana:native', targetPrice: '0.000000001234', call: null })
    await client.watchlist.add({ body: { token: 'BTC', note: 'the first' } })

    const job = await world.until(client.recommendations.batch({ body: { maxRecommendations: 3 } }))
    expect(job.items.slice(0, 2).map(({ symbol }) => symbol)).toEqual(['BTC', 'SOL'])
    const done = await ended(world, job.id)
    expect(done).toMatchObject({ state: 'completed', progress: { done: 3, failed: 0, total: 3 } })
    const made = await client.recommendations.one({ params: { id: done.results[0]! } })
    expect(made).toMatchObject({ token: 'bitcoin:native', house: false })
    expect((await client.jobs.list()).items.map(({ id }) => id)).toEqual([job.id])

    const follow = { state: 'following', entered: { price: '61000.5' } } as const
    const followed = await client.recommendations.follow({ params: { id: made.id }, body: follow })
    expect(followed.mine).toMatchObject({ state: 'following', entered: { price: '61000.5' }, exited: null })
    const own = await client.recommendations.list({ query: { following: true } as never })
    expect(own.items.map(({ id }) => id)).toEqual([made.id])
    expect(await client.recommendations.one({ params: { id: made.id } })).toEqual(made)

    const csv = 'at,token,kind,quantity,price_usd\n2026-01-02,BTC,buy,0.5,50000\n2026-01-03,SOL,receive,10,\n'
    const sent = await app.http.inject({
      method: 'POST',
      url: `${prefix}/user/portfolio/import`,
      headers: { 'content-type': 'text/csv' },
      payload: csv,
    })
    expect(sent.json()).toEqual({ dryRun: false, lines: 2, added: 2, known: 0, faults: [] })
    const { totals, holdings } = await client.portfolio.value()
    const bitcoin = holdings.find(({ symbol }) => symbol === 'BTC')!
    expect(bitcoin).toMatchObject({ quantity: '0.5', cost: '25000', averageCost: '50000' })
    expect(bitcoin.price!.ageMs).toBeLessThan(86_400_000)
    expect(Number(bitcoin.value)).toBe(Number(bitcoin.price!.value) / 2)
    expect(totals.complete).toBe(false)
    expect(totals.missing).toEqual(['what SOL (solana:native) did cost is not known: its gain is not counted'])
    const lines: string[] = []
    for await (const line of await client.portfolio.export()) lines.push(line)
    expect(lines.slice(1)).toEqual([
      '2026-01-02T00:00:00.000Z,bitcoin:native,buy,0.5,50000,,,',
      '2026-01-03T00:00:00.000Z,solana:native,receive,10,,,,',
    ])
    const sold = client.portfolio.add({
      body: { token: 'BTC', kind: 'sell', quantity: '0.6', priceUsd: price('1'), at: '2026-02-01T00:00:00.000Z' },
    })
    await expect(sold).rejects.toMatchObject({ code: 'conflict', message: 'it sells 0.6 BTC, and 0.5 is held by then' })
  } finally {
    await world.close()
  }
}, 240_000)

it('the whole server answers one recommendation with a job to who will not wait, and with the call once it is there', async () => {
  const world = await createWorld()
  const { app } = world
  try {
    const ask = (prefer: string) =>
      app.http.inject({
        method: 'POST',
        url: `${prefix}/recommendations`,
        headers: { 'content-type': 'application/json', prefer },
        payload: JSON.stringify({ token: 'bitcoin:native' }),
      })
    const told = await ask('respond-async')
    expect(told.statusCode).toBe(202)
    const job = told.json<Job>()
    expect(told.headers['location']).toBe(`${prefix}/jobs/${job.id}`)
    expect(job).toMatchObject({ kind: 'recommendation', progress: { total: 1 } })
    const { results, state } = await ended(world, job.id)
    expect(state).toBe('completed')
    const batch = (key: string) =>
      app.http.inject({
        method: 'POST',
        url: `${prefix}/recommendations/batch`,
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        payload: JSON.stringify({ tokens: ['bitcoin:native', 'BTC'] }),
      })
    const first = await batch('once')
    expect(first.statusCode).toBe(202)
    expect(first.json<Job>()).toMatchObject({ state: 'completed', results })
    expect((await batch('once')).json<Job>().id).toBe(first.json<Job>().id)
    expect((await batch('twice')).json<Job>().id).not.toBe(first.json<Job>().id)
    const given = await world.until(Promise.resolve(ask('respond-async, wait=20')))
    expect(given.statusCode).toBe(200)
    expect(given.json<{ id: string }>().id).toBe(results[0])
    expect(await world.db.selectFrom('ask').select('id').where('house', '=', false).execute()).toHaveLength(1)
  } finally {
    await world.close()
  }
}, 240_000)
