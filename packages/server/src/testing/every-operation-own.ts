import { expect } from 'vitest'
import type { Cast } from './every-operation-accounts.ts'

/** One's own settings, in both forms. */
export async function askSettings({ ann, asking }: Cast): Promise<void> {
  const { settings } = ann.client
  const first = await settings.mine()
  expect(first).toMatchObject({ chosen: {}, version: 0 })
  expect((await settings.change({ body: { timeframe: 'DAY_TRADE' } })).chosen).toEqual({ timeframe: 'DAY_TRADE' })
  expect((await settings.replace({ body: { riskTolerance: 'aggressive' } })).chosen).toEqual({
    riskTolerance: 'aggressive',
  })
  const { items: presets } = await asking.as().settings.presets()
  const { id: preset, settings: wanted } = presets[0]!
  expect((await settings.usePreset({ body: { preset } })).chosen).toMatchObject(wanted)
  const kept = await settings.export()
  expect((await settings.reset()).chosen).toEqual({})
  expect((await settings.import({ body: kept })).chosen).toEqual(kept.settings)
  const { config } = await settings.preferences()
  const set = { ...config, user_preferences: { ...config.user_preferences, max_recommendations: 7 } }
  expect((await settings.setPreferences({ body: set })).config.user_preferences?.max_recommendations).toBe(7)
  expect((await settings.reset()).settings.timeframe).toBe(first.settings.timeframe)
  const schema = await asking.as().settings.schema()
  expect(Object.keys(schema['properties'] as object)).toEqual(
    expect.arrayContaining(['timeframe', 'weights', 'trading']),
  )
}

/** What somebody watches and holds. */
export async function askHoldings({ ann, asking: { world } }: Cast): Promise<void> {
  const { watchlist, portfolio } = ann.client
  const watched = await world.until(watchlist.add({ body: { token: 'SOL', targetPrice: '250' } }))
  expect(watched).toMatchObject({ id: 'solana:native', targetPrice: '250' })
  const params = { id: watched.id }
  expect(await watchlist.change({ params, body: { note: 'soon' } })).toMatchObject({ note: 'soon', targetPrice: '250' })
  expect(await watchlist.one({ params })).toMatchObject({ id: watched.id, note: 'soon' })
  await watchlist.add({ body: { token: 'ETH' } })
  expect((await watchlist.list()).items.map(({ symbol }) => symbol)).toEqual(['ETH', 'SOL'])
  expect(await watchlist.remove({ params })).toEqual(params)

  const bought = {
    token: 'BTC',
    kind: 'buy',
    quantity: '0.5',
    priceUsd: '40000',
    at: '2026-01-02T00:00:00.000Z',
  } as const
  const made = await portfolio.add({ body: bought })
  const byId = { id: made.id }
  expect(await portfolio.change({ params: byId, body: { priceUsd: '50000' } })).toMatchObject({ priceUsd: '50000' })
  expect(await portfolio.one({ params: byId })).toMatchObject({ ...bought, token: 'bitcoin:native', priceUsd: '50000' })
  const csv = 'at,token,kind,quantity,price_usd\n2026-01-03,SOL,receive,10,\n'
  expect(await portfolio.import({ body: { csv } })).toMatchObject({ lines: 1, added: 1, faults: [] })
  const { totals, holdings } = await portfolio.value()
  expect(holdings.find(({ symbol }) => symbol === 'BTC')).toMatchObject({ quantity: '0.5', cost: '25000' })
  expect(totals.complete).toBe(false)
  const { items } = await portfolio.transactions()
  expect(items.map(({ symbol }) => symbol)).toEqual(['SOL', 'BTC'])
  const lines: string[] = []
  for await (const line of await portfolio.export()) lines.push(line)
  expect(lines.slice(1)).toEqual([
    '2026-01-02T00:00:00.000Z,bitcoin:native,buy,0.5,50000,,,',
    '2026-01-03T00:00:00.000Z,solana:native,receive,10,,,,',
  ])
  expect(await portfolio.remove({ params: byId })).toEqual(byId)
}

/** A signing secret of the form that webhooks have. */
export const webhookSecret = (bytes: string): string => `whsec_${btoa(bytes.padEnd(24, '.').slice(0, 24))}`

/** What somebody is told of, and where. */
export async function askNotifications({ ann }: Cast): Promise<void> {
  const { notifications } = ann.client
  const preferences = await notifications.preferences()
  const quiet = { ...preferences, minConfidence: 0.3, quietHours: { from: '22:00', to: '06:30' } }
  expect(await notifications.setPreferences({ body: quiet })).toEqual(quiet)
  const target = { url: 'https://receiver.example/a-hidden-path', secrets: [webhookSecret('signs')] }
  const { id } = await notifications.addChannel({ body: { kind: 'webhook', name: 'mine', target } })
  const changed = await notifications.changeChannel({ params: { id }, body: { name: 'hall' } })
  expect(changed).toMatchObject({ name: 'hall', enabled: true })
  const { items, kinds } = await notifications.channels()
  expect(items).toMatchObject([{ id, kind: 'webhook', target: expect.not.stringContaining('hidden') as string }])
  expect(kinds.map((kind) => kind.id)).toContain('telegram')
  expect(await notifications.testChannel({ params: { id } })).toMatchObject({
    state: 'sent',
    titles: [expect.stringContaining('Test notice')],
  })
  expect((await notifications.deliveries()).items).toMatchObject([{ channel: { id }, state: 'sent' }])
  const told = await notifications.notices({ query: { unread: 'true' } })
  expect(told).toMatchObject({ unread: 1, items: [{ kind: 'test', readAt: null }] })
  expect(await notifications.markRead({ body: { ids: told.items.map((one) => one.id) } })).toEqual({ unread: 0 })
  expect(await notifications.removeChannel({ params: { id } })).toEqual({ id })
}
