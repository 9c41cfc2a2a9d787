import { sql } from 'kysely'
import { z } from 'zod'
import type { Caller } from '@pumpiq/api'
import { Failure, toIso, type Recommendation } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Channel, Delivered } from '../notifications/channel.ts'
import { createNotifications } from '../notifications/notifications.ts'
import type { Clock } from '../platform/clock.ts'
import { localCaller } from '../http/policy.ts'
import { createIds } from '../platform/ids.ts'
import { createCollectedLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { createRecommendations } from '../recommendations/store.ts'
import { sampleRecommendation } from '../recommendations/test-recommendation.ts'

/** What a receiver got. */
export type Arrived = {
  readonly kind: string
  readonly target: string
  readonly key: string
  readonly titles: readonly string[]
  readonly at: number
}

type Script = (arrived: Arrived) => Delivered | Promise<Delivered>

/** How long is waited for a receiver's answer, ms: scripted ones answer, so this is never over. */
const patienceMs = 25_000

/** A time of its own that leaps over every wait but the one for an answer. */
function leapingClock(startAt: number): Clock & { leap(ms: number): void } {
  let at = startAt
  return {
    now: () => at,
    monotonic: () => at - startAt,
    leap: (ms) => void (at += ms),
    sleep: (ms, abort) =>
      new Promise((resolve, reject) => {
        if (abort?.aborted) return reject(abort.reason as Error)
        abort?.addEventListener('abort', () => reject(abort.reason as Error), { once: true })
        if (ms !== patienceMs) queueMicrotask(() => ((at += ms), resolve()))
      }),
    every: () => ({ stop() {} }),
  }
}

export const notifiedAt = Date.UTC(2026, 4, 12, 9, 0, 0)

/** Two kinds of channels: whose receivers know a repetition, and whose do not. */
export const kindNames = ['knows', 'plain'] as const

type Wish = {
  db: Db
  seed?: number
  claimMs?: number
  users?: readonly string[]
  script?: Script
  startAt?: number
  soon?: () => void
}

export type Notified = ReturnType<typeof createNotified>

/** The room of notifications over a real database, with receivers that answer by a script and a clock that leaps. */
export function createNotified({
  db,
  seed = 1,
  claimMs = 60_000,
  users = ['ann'],
  script = () => ({ ended: 'sent' }),
  startAt = notifiedAt,
  soon = () => {},
}: Wish) {
  const clock = leapingClock(startAt)
  const caller: Caller = { ...localCaller, userId: users[0]! }
  const ids = createIds({ clock, random: seededRandom(seed) })
  const log = createCollectedLog()
  const recommendations = createRecommendations({ db })
  const arrived: Arrived[] = []
  const answering = { script }
  const kinds = kindNames.map((id): Channel<{ name: string }> => ({
    id,
    docs: `https://docs.example/${id}`,
    target: z.strictObject({ name: z.string().min(3) }),
    show: ({ name }) => `${name.slice(0, 1)}***`,
    knowsRepetition: id === 'knows',
    async send({ target, notices, key }) {
      const one = { kind: id, target: target.name, key, titles: notices.map(({ title }) => title), at: clock.now() }
      arrived.push(one)
      return answering.script(one)
    },
  }))
  const room = createNotifications({
    db,
    ids,
    clock,
    log,
    kinds,
    vault: {
      seal: (userId, text) => `${userId} ${btoa(text)}`,
      open(userId, sealed) {
        const [owner, text = ''] = sealed.split(' ')
        if (owner !== userId) throw new Failure('forbidden', 'it was sealed for somebody else')
        return atob(text)
      },
    },
    outlet: { post: () => Promise.reject(new Error('scripted channels post nothing')), mail: null, now: clock.now },
    setting: { publicUrl: 'https://pumpiq.example', simulated: false },
    missing: () => null,
    recommendationOf: recommendations.byId,
    users: () => Promise.resolve(users),
    sources: () => [],
    soon,
    claimMs,
  })
  return {
    ...room,
    db,
    ids,
    clock,
    log,
    arrived,
    answering,

    /** A BUY by the house that can be entered now, kept as if sealed. */
    async call(given: Parameters<typeof sampleRecommendation>[0] = {}, userId = 'house'): Promise<Recommendation> {
      const issuedAt = clock.now()
      const document = sampleRecommendation({
        id: ids.next(),
        house: userId === 'house',
        type: 'BUY',
        issuedAt: toIso(issuedAt),
        validUntil: toIso(issuedAt + 14 * 3_600_000),
        expiresAt: toIso(issuedAt + 7 * 86_400_000),
        price: { value: '100', source: 'test', ageMs: 1, quotes: [] },
        entry: { low: '99', high: '101' },
        targets: ['110', '120', '130'].map((price) => ({ price, share: 0.3333 })),
        stopLoss: '95',
        band: null,
        riskReward: 1.42,
        confidence: { value: 0.44, low: 0.4, high: 0.48, n: 300, method: 'prior', measured: 0.44 },
        ...given,
      })
      await recommendations.insert(db, userId, document)
      return document
    },

    tell: (kind: 'entry' | 'target1' | 'stop' | 'invalidated' | 'corrected', call: Recommendation, version?: number) =>
      db.transaction().execute((tx) =>
        room.outbox.tell(tx, [
          {
            kind,
            recommendationId: call.id,
            at: clock.now(),
            price: '99.5',
            ...(version !== undefined && { version }),
          },
        ]),
      ),

    issue: (call: Recommendation, last: Recommendation | null = null) =>
      db.transaction().execute((tx) => room.outbox.issued(tx, call, last)),

    /** The first of the users, who asks. */
    caller,

    async add(kind: (typeof kindNames)[number], name: string): Promise<string> {
      const asked = { params: undefined, query: undefined, abort: new AbortController().signal, caller }
      const { document } = await room.routes.addChannel({ ...asked, body: { kind, name, target: { name } } })
      return document.id
    },

    /** Called while it is sent: whoever sends is killed before he can write it down. `bury` afterwards leaves what he left. */
    async kill({ target, key }: Arrived): Promise<void> {
      await sql`update delivery set attempts = attempts + 1000 from notification_channel channel
        where channel.id = channel_id and key = ${key} and channel.name = ${target}`.execute(db)
    },
    async bury(): Promise<void> {
      await sql`update delivery set attempts = attempts - 1000 where attempts >= 1000`.execute(db)
    },

    run: (forMs = 9_000) => room.notify.run({ forMs, abort: new AbortController().signal }),
  }
}
