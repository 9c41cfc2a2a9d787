import type { Client } from '@pumpiq/api'
import { once, type Asking } from './every-operation.ts'
import { webhookSecret } from './every-operation-own.ts'
import type { Person } from './every-operation-people.ts'

/** Stands in whatever its owner says of his own, and so in no answer to others. */
export const marker = 'whose-word-is-anns'

export type Things = Awaited<ReturnType<typeof makeThings>>

/** One of each thing that can be somebody's own. The owner is an administrator, who alone has hooks. */
export async function makeThings({ world, as }: Asking, { client }: Person, other: Person) {
  const { accounts, watchlist, portfolio, recommendations, jobs, notifications, hooks, settings } = client
  const watched = await world.until(watchlist.add({ body: { token: 'SOL', note: marker } }))
  const bought = { token: 'BTC', kind: 'buy', quantity: '0.5', priceUsd: '40000', note: marker } as const
  const transaction = await world.until(portfolio.add({ body: bought }, { idempotencyKey: 'of-two-people' }))
  const call = await world.until(recommendations.create({ body: { token: 'BTC', mode: 'technical-only' } }))
  await recommendations.follow({ params: { id: call.id }, body: { state: 'following', note: marker } })
  const job = await world.until(recommendations.batch({ body: { tokens: ['ETH'] } }))
  await once(world, async () => (await jobs.one({ params: { id: job.id } })).endedAt !== null)
  const target = { url: `https://receiver.example/${marker}`, secrets: [webhookSecret(marker)] }
  const channel = await notifications.addChannel({ body: { kind: 'webhook', name: marker, target } })
  await notifications.testChannel({ params: { id: channel.id } })
  const [notice] = (await notifications.notices()).items
  const hook = await hooks.create({ body: { name: marker } })
  const key = await accounts.createApiKey({ body: { name: marker, scopes: ['read'] } })
  const session = (await accounts.sessions()).items.find(({ current }) => !current)!
  const service = await accounts.createService({ body: { name: 'of-ann' } })
  const serviceKey = await accounts.createServiceKey({
    params: { id: service.id },
    body: { name: 'k', scopes: ['read'] },
  })
  await settings.change({ body: { portfolio: { quote: '123456.78' } } })
  return {
    bought,
    watched: watched.id,
    transaction: transaction.id,
    call: call.id,
    job: job.id,
    channel: channel.id,
    notice: notice!.id,
    hook: hook.id,
    key: key.id,
    session: session.id,
    service: service.id,
    serviceKey: serviceKey.id,
    /** A lower key of the owner's own. */
    reader: as({ apiKey: key.key }),
    readerKey: key.key,
    other: other.id,
  }
}

type Asked = { readonly params: Readonly<Record<string, string>>; readonly body?: unknown }

/** Every operation that names something in its path: how it is asked for what is somebody else's, or why it is nobody's. */
export const pathed = (of: Things): Readonly<Record<string, Asked | { readonly everybodys: string }>> => {
  const token = { everybodys: 'tokens, and what is known of them, are nobody’s' }
  const by = (id: string, body?: unknown): Asked => ({ params: { id }, ...(body !== undefined && { body }) })
  return {
    'tokens.one': token,
    'tokens.history': token,
    'evidence.token': token,
    'analysis.sentiment': token,
    'performance.token': { everybodys: 'the record of the house is public' },
    'hooks.alert': { everybodys: 'whoever knows the secret of a hook is let in by it, and by nothing else' },
    'recommendations.one': by(of.call),
    'recommendations.inputs': by(of.call),
    'recommendations.explanation': by(of.call),
    'recommendations.outcome': by(of.call),
    'recommendations.following': by(of.call),
    'recommendations.follow': by(of.call, { state: 'dismissed' }),
    'jobs.one': by(of.job),
    'jobs.cancel': by(of.job),
    'watchlist.one': by(of.watched),
    'watchlist.change': by(of.watched, { note: 'changed' }),
    'watchlist.remove': by(of.watched),
    'portfolio.one': by(of.transaction),
    'portfolio.change': by(of.transaction, { quantity: '7' }),
    'portfolio.remove': by(of.transaction),
    'notifications.changeChannel': by(of.channel, { name: 'changed' }),
    'notifications.removeChannel': by(of.channel),
    'notifications.testChannel': by(of.channel),
    'hooks.remove': by(of.hook),
    'accounts.endSession': by(of.session),
    'accounts.changeApiKey': by(of.key, { enabled: false }),
    'accounts.removeApiKey': by(of.key),
    'accounts.changeUser': by(of.other, { tier: 'pro' }),
    'accounts.createServiceKey': by(of.service, { name: 'mine', scopes: ['read'] }),
    'accounts.serviceKeys': by(of.service),
    'admin.runJob': { params: { name: 'forget-requests' } },
    'accounts.removeServiceKey': { params: { id: of.service, key: of.serviceKey } },
  }
}

/** All that the owner sees of his own; when a key was last used is no change of anything. */
export async function seen({ watchlist, portfolio, recommendations, jobs, ...others }: Client, of: Things) {
  const { notifications, accounts, hooks, settings } = others
  const params = { id: of.call }
  return {
    watchlist: await watchlist.list(),
    portfolio: await portfolio.transactions(),
    calls: await recommendations.list({ query: { whose: 'mine' } }),
    call: await recommendations.one({ params }),
    following: await recommendations.following({ params }),
    jobs: await jobs.list(),
    channels: (await notifications.channels()).items,
    notices: await notifications.notices(),
    deliveries: await notifications.deliveries(),
    preferences: await notifications.preferences(),
    hooks: await hooks.list(),
    sessions: (await accounts.sessions()).items.map(({ id }) => id),
    keys: (await accounts.apiKeys()).items.map(({ lastUsedAt: _, ...key }) => key),
    serviceKeys: await accounts.serviceKeys({ params: { id: of.service } }),
    users: (await accounts.users()).items.map(({ id, role, tier, banned }) => ({ id, role, tier, banned })),
    settings: await settings.mine(),
  }
}
