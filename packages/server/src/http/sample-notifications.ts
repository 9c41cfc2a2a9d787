import { Failure, toIso } from '@pumpiq/domain'
import type { Delivery, HandlersOf, NotificationChannel, NotificationPreferences, ReadNotice } from '@pumpiq/api'

/** A person with one channel, one notice and one delivery: for tests of binding and pages. */
export function sampleNotifications(now: number): HandlersOf<'notifications'> {
  const channel: NotificationChannel = {
    id: '0192f000-0000-7000-8000-0000000000c1',
    kind: 'webhook',
    name: 'My receiver',
    target: 'hooks.example, path not shown',
    enabled: true,
    problem: null,
    createdAt: toIso(now - 86_400_000),
  }
  const notice: ReadNotice = {
    id: '0192f000-0000-7000-8000-0000000000d1',
    kind: 'stop',
    at: toIso(now - 600_000),
    expiresAt: toIso(now + 3_600_000),
    title: 'BUY SOL: stop reached',
    text: '95 on the candle of a minute ago.\nNot financial advice.',
    link: null,
    recommendationId: '0192f000-0000-7000-8000-000000000001',
    token: 'solana:native',
    symbol: 'SOL',
    simulated: false,
    readAt: null,
  }
  const delivery: Delivery = {
    id: '0192f000-0000-7000-8000-0000000000e1',
    channel: { id: channel.id, kind: channel.kind, name: channel.name },
    titles: [notice.title],
    notices: 1,
    digest: false,
    state: 'sent',
    attempts: 1,
    problem: null,
    createdAt: notice.at,
    dueAt: notice.at,
    endedAt: notice.at,
  }
  const own = <T>(id: string, answer: T): T => {
    if (id !== channel.id) throw new Failure('notFound', `there is no channel ${id}`)
    return answer
  }
  return {
    preferences: () => samplePreferences,
    setPreferences: ({ body }) => body,
    channels: () => ({ items: [channel], kinds: [] }),
    addChannel: ({ body: { kind, name } }) => ({ made: true, document: { ...channel, kind, name } }),
    changeChannel: ({ params: { id } }) => own(id, channel),
    removeChannel: ({ params: { id } }) => own(id, { id }),
    testChannel: ({ params: { id } }) => own(id, delivery),
    notices: () => ({ items: [notice], next: null, unread: 1 }),
    markRead: () => ({ unread: 0 }),
    deliveries: () => ({ items: [delivery], next: null }),
  }
}

const samplePreferences: NotificationPreferences = {
  kinds: ['issued', 'stop'],
  minConfidence: 0,
  actionableOnly: false,
  own: true,
  house: 'all',
  watched: [],
  digest: 'realtime',
  dailyHour: 8,
  quietHours: null,
  timeZone: 'UTC',
  urgentAtOnce: false,
}
