import type { NotificationPreferences } from '@pumpiq/api'
import { Failure, type Recommendation } from '@pumpiq/domain'
import { ZodError } from 'zod'
import type { Db, Tx } from '../db/db.ts'
import type { Log } from '../platform/log.ts'
import type { Deliveries, Planned } from './deliveries.ts'
import type { InApp } from './in-app.ts'
import type { Notice } from './notice.ts'
import { isWanted, leaving, type Leaving } from './notify-when.ts'
import { noticeOfCall, plainNotice, type Setting } from './notify-words.ts'
import type { Happening, Outbox } from './outbox.ts'
import type { PreferenceStore } from './preferences.ts'
import type { ChannelStore } from './store.ts'

export type SpreadNeeds = {
  readonly db: Db
  readonly outbox: Outbox
  readonly inApp: InApp
  readonly preferences: PreferenceStore
  readonly channels: ChannelStore
  readonly deliveries: Deliveries
  /** A sealed call as its owner sees it; what is told is written from it. */
  readonly recommendationOf: (userId: string, id: string) => Promise<Recommendation | null>
  /** Everybody who may be told of house calls. */
  readonly users: () => Promise<readonly string[]>
  readonly setting: Setting
  readonly log: Log
}

/** Rows of the outbox at once. */
const batch = 100

type News = { readonly happening: Happening; readonly notice: Notice; readonly call: Recommendation | null }
type Told = { readonly userId: string; readonly notice: Notice; readonly wish: NotificationPreferences }

/**
 * From what happened to who is told: the list in the app, and for each channel that is switched on a message, or a place in its digest. A
 * batch is one transaction: it is spread whole, once, whoever else tries.
 */
export function createSpread(needs: SpreadNeeds) {
  const { db, outbox, inApp, preferences, channels, deliveries, recommendationOf, users, setting, log } = needs

  async function newsOf(happening: Happening): Promise<News | null> {
    const { about, userId } = happening
    if ('source' in about) {
      const text = `${about.source} has not answered since ${about.since}: ${about.why}. Calls go on with less evidence, and say so.`
      const title = `${about.source} does not answer`
      return { happening, notice: plainNotice(happening, { title, text, path: '/' }, setting), call: null }
    }
    try {
      const call = await recommendationOf(userId, about.recommendationId)
      if (call) return { happening, notice: noticeOfCall(happening, call, setting), call }
      log.error('nobody is told of a call that is not there', { kind: happening.kind, id: about.recommendationId })
    } catch (error) {
      // It will not read better the next time, and would hold up what waits behind it for ever.
      if (!(error instanceof ZodError)) throw error
      log.error('nobody is told of a call that cannot be read', {
        kind: happening.kind,
        id: about.recommendationId,
        error,
      })
    }
    return null
  }

  async function write(tx: Tx, told: readonly Told[], now: number): Promise<void> {
    await inApp.put(tx, told)
    const enabled =
      told.length === 0 ? [] : await channels.enabledOf(tx, [...new Set(told.map(({ userId }) => userId))])
    let open = leavingOf(told, enabled, now)
    // A digest that another process sends just now is full: what is left goes into the one behind it.
    while (open.length > 0) {
      const late = await deliveries.plan(
        tx,
        open.map(({ planned }) => planned),
        now,
      )
      open = open.filter(({ planned }) => late.includes(planned)).map(({ again, planned }) => again(planned.dueAt))
    }
  }

  return async function spread(now: number): Promise<number> {
    const happenings = await outbox.waiting(db, batch)
    if (happenings.length === 0) return 0
    const news: News[] = []
    for (const happening of happenings) {
      const one = await newsOf(happening)
      if (one) news.push(one)
    }
    const everybody = await users()
    const concerned = [
      ...new Set([...everybody, ...happenings.filter(({ house }) => !house).map(({ userId }) => userId)]),
    ]
    const wishes = await preferences.ofAll(concerned)
    return db.transaction().execute(async (tx) => {
      const taken = await outbox.take(
        tx,
        happenings.map(({ id }) => id),
        now,
      )
      const told = news
        .filter(({ happening }) => taken.has(happening.id))
        .flatMap(({ happening, notice, call }) =>
          (happening.house ? everybody : [happening.userId])
            .map((userId) => ({ userId, notice, wish: wishes.get(userId)! }))
            .filter(({ wish }) => isWanted(wish, happening, call)),
        )
      await write(tx, told, now)
      return taken.size
    })
  }
}

type Open = { readonly planned: Planned; readonly again: (behind: number) => Open }

/** One for each message: digests of one window and channel are one already here. In the order of keys, so that two processes never lock crosswise. */
function leavingOf(told: readonly Told[], enabled: readonly { id: string; userId: string }[], now: number): Open[] {
  const messages = new Map<string, { channelId: string; first: Told; way: Leaving; notices: string[] }>()
  for (const one of told) {
    const way = leaving(one.wish, goingOf(one.notice), now)
    if (way === null) continue
    for (const { id: channelId } of enabled.filter(({ userId }) => userId === one.userId)) {
      const name = `${channelId} ${way.key}`
      const message = messages.get(name) ?? { channelId, first: one, way, notices: [] }
      message.notices.push(one.notice.id)
      messages.set(name, message)
    }
  }
  return [...messages.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { channelId, first, way, notices }]) => openOf(channelId, first, way, notices))
}

function openOf(channelId: string, first: Told, way: Leaving, notices: string[]): Open {
  const { key, dueAt, expiresAt } = way
  return {
    planned: { userId: first.userId, channelId, key, notices, dueAt, expiresAt },
    again(behind) {
      const next = leaving(first.wish, goingOf(first.notice), behind)
      if (!way.digest || next === null || next.key === key)
        throw new Failure('broken', `a message ${key} was made twice`)
      return openOf(channelId, first, next, notices)
    },
  }
}

const goingOf = ({ id, kind, expiresAt }: Notice) => ({ id, kind, expiresAt: Date.parse(expiresAt) })
