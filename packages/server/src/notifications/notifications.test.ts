import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.until(world.app.house.round())
}, 120_000)
afterAll(() => world.close())

it('every house call to enter, and no other, is told of in the app once the jobs have run', async () => {
  const { items: calls } = await world.client.recommendations.list({ query: { limit: 100 } })
  const toEnter = calls.filter(({ entry }) => entry !== null).map(({ id }) => id)
  expect(toEnter.length).toBeGreaterThan(0)
  await world.app.jobs.place('notify', undefined, { id: 'first' })
  await vi.waitFor(async () => expect((await world.client.notifications.notices()).unread).toBe(toEnter.length), {
    timeout: 30_000,
  })
  const { items } = await world.client.notifications.notices({ query: { limit: 100 } })
  expect(items).toHaveLength(toEnter.length)
  expect(new Set(items.map(({ recommendationId }) => recommendationId))).toEqual(new Set(toEnter))
  for (const { title, text, simulated } of items) {
    expect(title).toMatch(/^SIMULATED (BUY|SELL) /)
    expect(text).toMatch(/Stop [\s\S]*prior[\s\S]*Not actionable[\s\S]*Not financial advice/)
    expect(simulated).toBe(true)
  }
})

it('channels are kept over the API sealed, and what is wrong with one is told by field', async () => {
  const add = (target: Record<string, unknown>) =>
    world.client.notifications.addChannel({ body: { kind: 'webhook', name: 'mine', target } })
  const url = 'https://receiver.example/hook?key=planted'
  const secrets = [`whsec_${Buffer.alloc(32, 7).toString('base64')}`]
  const { id } = await add({ url, secrets })
  const { items, kinds } = await world.client.notifications.channels()
  expect(items).toMatchObject([{ id, enabled: true, problem: null }])
  expect(kinds.map((kind) => kind.id)).toContain('webhook')
  // Browsers subscribe with it: it is told where this installation can push, and of no other kind.
  for (const kind of kinds) expect(kind.publicKey !== null).toBe(kind.id === 'web-push' && kind.missing === null)
  const kept = await world.db.selectFrom('notificationChannel').selectAll().execute()
  for (const planted of ['planted', secrets[0]!]) expect(JSON.stringify([items, kept])).not.toContain(planted)
  await expect(add({ url: 'http://receiver.example', secrets })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('target.url') as string,
  })
  await expect(
    world.client.notifications.addChannel({ body: { kind: 'email', name: 'a', target: {} } }),
  ).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('SMTP_URL') as string,
  })
  expect(await world.client.notifications.removeChannel({ params: { id } })).toEqual({ id })
  await expect(world.client.notifications.testChannel({ params: { id } })).rejects.toMatchObject({ code: 'notFound' })
})

it('preferences come back as they were said, and what is none is refused by field', async () => {
  const before = await world.client.notifications.preferences()
  const said = { ...before, timeZone: 'Europe/Berlin', quietHours: { from: '22:00', to: '07:00' }, minConfidence: 0.5 }
  expect(await world.client.notifications.setPreferences({ body: said })).toEqual(said)
  expect(await world.client.notifications.preferences()).toEqual(said)
  for (const [field, wrong] of [
    ['timeZone', { timeZone: '+02:00' }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['quietHours', { quietHours: { from: '22:00', to: '22:00' } }],
    ['minConfidence', { minConfidence: 2 }],
  ] as const) {
    await expect(world.client.notifications.setPreferences({ body: { ...said, ...wrong } })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(field) as string,
    })
  }
})

it('lists go on where a page ended', async () => {
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await world.client.notifications.notices({ query: { limit: 2, cursor } })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  const { items } = await world.client.notifications.notices({ query: { limit: 100 } })
  expect(seen).toEqual(items.map(({ id }) => id))
  await expect(world.client.notifications.notices({ query: { cursor: 'nonsense' } })).rejects.toMatchObject({
    code: 'invalid',
  })
})
