import { z } from 'zod'
import { Failure } from '@pumpiq/domain'
import { CursorInstant, decodeCursor, encodeCursor, type HandlersOf, type TargetField } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import type { Channel } from './channel.ts'
import type { DeliveryLog } from './deliveries-log.ts'
import type { InApp } from './in-app.ts'
import type { Notify } from './notify.ts'
import type { PreferenceStore } from './preferences.ts'
import type { ChannelStore } from './store.ts'

type Needs = {
  readonly channels: ChannelStore
  readonly preferences: PreferenceStore
  readonly inApp: InApp
  readonly deliveryLog: DeliveryLog
  readonly notify: Notify
  readonly kinds: readonly Channel[]
  /** Why a kind of channel cannot be used in this installation; null when it can. */
  readonly missing: (kind: string) => string | null
  /** By what push services know this installation; null where it cannot push. */
  readonly pushKey: string | null
  readonly clock: Pick<Clock, 'now'>
}

/** The instants a date can name. */
const Position = z.object({ at: CursorInstant, id: z.uuid() })

export function createNotificationRoutes(needs: Needs): HandlersOf<'notifications'> {
  const { channels, preferences, inApp, deliveryLog, notify, kinds, missing, pushKey, clock } = needs
  const offered = kinds.map((kind) => ({
    id: kind.id,
    docs: kind.docs,
    fields: fieldsOf(kind),
    missing: missing(kind.id),
    publicKey: kind.id === 'web-push' ? pushKey : null,
  }))
  const found = <T>(value: T | null, id: string): T => {
    if (value === null) throw new Failure('notFound', `there is no channel ${id}`)
    return value
  }

  return {
    preferences: ({ caller: { userId } }) => preferences.of(userId),
    async setPreferences({ caller: { userId }, body }) {
      await preferences.put(userId, body, clock.now())
      return body
    },
    channels: async ({ caller: { userId } }) => ({ items: await channels.list(userId), kinds: offered }),
    async addChannel({ caller: { userId }, body }) {
      const why = missing(body.kind)
      if (why !== null) throw new Failure('unavailable', why)
      return { made: true, document: await channels.add(userId, body, clock.now()) }
    },
    changeChannel: async ({ caller: { userId }, params: { id }, body }) =>
      found(await channels.change(userId, id, body), id),
    async removeChannel({ caller: { userId }, params: { id } }) {
      found((await channels.remove(userId, id)) || null, id)
      return { id }
    },
    async testChannel({ caller: { userId }, params: { id } }) {
      found(await channels.byId(userId, id), id)
      return notify.test(userId, id)
    },
    async notices({ caller: { userId }, query: { unread = false, cursor, limit } }) {
      const before = cursor === undefined ? null : decodeCursor(Position, cursor)
      const all = await inApp.list(userId, { before, unread, limit: limit + 1 })
      const page = pageOf(all, limit, ({ at }) => at)
      return { ...page, unread: await inApp.unread(userId) }
    },
    async markRead({ caller: { userId }, body }) {
      await inApp.markRead(userId, body, clock.now())
      return { unread: await inApp.unread(userId) }
    },
    async deliveries({ caller: { userId }, query: { cursor, limit } }) {
      const before = cursor === undefined ? null : decodeCursor(Position, cursor)
      return pageOf(await deliveryLog.list(userId, { before, limit: limit + 1 }), limit, ({ createdAt }) => createdAt)
    },
  }
}

/** `all` is one longer than the page where there is another one. */
function pageOf<T extends { id: string }>(all: T[], limit: number, instant: (item: T) => string) {
  const items = all.slice(0, limit)
  const last = all.length > limit ? items.at(-1) : undefined
  return { items, next: last ? encodeCursor({ at: Date.parse(instant(last)), id: last.id }) : null }
}

const Text = z.object({ type: z.literal('string') })
const Field = z
  .object({
    type: z.string(),
    anyOf: z.array(z.unknown()),
    items: Text,
    description: z.string(),
    writeOnly: z.boolean(),
  })
  .partial()
const Described = z.object({ properties: z.record(z.string(), Field), required: z.array(z.string()).optional() })

/** What a form asks for, read from the target's schema and what its meta data say; null where not all of it can be typed. */
export function fieldsOf({ target }: Pick<Channel, 'target'>): TargetField[] | null {
  const described = Described.safeParse(z.toJSONSchema(target, { io: 'input', unrepresentable: 'any' }))
  if (!described.success) return null
  const { properties, required = [] } = described.data
  const fields = Object.entries(properties).map(([name, field]) => ({
    typed: isTyped(field),
    told: {
      name,
      secret: field.writeOnly ?? false,
      required: required.includes(name),
      many: field.type === 'array',
      hint: field.description ?? null,
    },
  }))
  return fields.every(({ typed }) => typed) ? fields.map(({ told }) => told) : null
}

/** A text, a list of texts, or one of several of which one is a text. */
const isTyped = ({ type, anyOf, items }: z.output<typeof Field>): boolean =>
  type === 'string' ||
  (type === 'array' && items !== undefined) ||
  (anyOf?.some((one) => Text.safeParse(one).success) ?? false)
