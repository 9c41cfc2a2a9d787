import { z } from 'zod'
import { IsoInstant, TokenId } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { page, paging } from '../page.ts'

/** What users are told of. The tracker tells of the middle seven, whoever issues of the first and the last but two, the sources' health of the last but one. */
export const NoticeKind = z.enum([
  'issued',
  'entry',
  'target1',
  'target2',
  'target3',
  'stop',
  'expiry',
  'invalidated',
  'corrected',
  'thesis-changed',
  'source-down',
  'test',
])
export type NoticeKind = z.output<typeof NoticeKind>

/**
 * One thing that happened, as channels get it. `id` is the same in every repetition of a delivery and in every channel: receivers know by it
 * what they have seen. Text is plain; every channel escapes it in its own way.
 */
export const Notice = z.object({
  id: z.uuid(),
  kind: NoticeKind,
  at: IsoInstant,
  /** After this it is old news and is not delivered any more. */
  expiresAt: IsoInstant,
  title: z.string().max(200),
  text: z.string().max(3_000),
  /** Where to read more; null without a PUBLIC_URL. */
  link: z.url().nullable(),
  recommendationId: z.uuid().nullable(),
  token: z.string().nullable(),
  symbol: z.string().nullable(),
  simulated: z.boolean(),
})
export type Notice = z.output<typeof Notice>

/** What a person may choose to hear of; a test is asked for each time. */
export const ChosenKind = NoticeKind.exclude(['test'])
export type ChosenKind = z.output<typeof ChosenKind>

/** A time of day on the clock of the wall, 24 hours. */
const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 22:30')

/** By name, because an offset knows no summer. */
const TimeZone = z
  .string()
  .max(60)
  .regex(/^[A-Za-z]/, 'must be the name of a time zone such as Europe/Berlin')
  .refine(isZone, 'is not a time zone we know: names are such as Europe/Berlin, America/New_York or UTC')

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/**
 * What a user wants to hear of, and when. The first part chooses for the list in the app and for every channel; quiet hours and digest only
 * say when channels deliver.
 */
export const NotificationPreferences = z.strictObject({
  kinds: z.array(ChosenKind).max(ChosenKind.options.length),
  /** Of calls whose confidence is at least so much; those without a confidence pass at 0 only. */
  minConfidence: z.number().min(0).max(1),
  /** Only calls with a measured edge after costs. */
  actionableOnly: z.boolean(),
  /** Calls the user asked for. */
  own: z.boolean(),
  /** House calls: of every token, of the watched ones, or none. */
  house: z.enum(['all', 'watched', 'none']),
  watched: z.array(TokenId).max(200),
  /** `hourly` and `daily` gather everything into one message; `off` delivers nothing outward. */
  digest: z.enum(['realtime', 'hourly', 'daily', 'off']),
  /** When the daily digest is made, on the clock of the wall. */
  dailyHour: z.int().min(0).max(23),
  /** Nothing is delivered from `from` to `to`; it waits for the end. */
  quietHours: z
    .strictObject({ from: WallTime, to: WallTime })
    .refine(({ from, to }) => from !== to, 'from and to must differ')
    .nullable(),
  timeZone: TimeZone,
  /** A stop and an invalidation wait neither for the end of quiet hours nor for a digest. */
  urgentAtOnce: z.boolean(),
})
export type NotificationPreferences = z.output<typeof NotificationPreferences>

/** One thing a kind of channel asks of who adds one. */
export const TargetField = z.object({
  name: z.string(),
  /** Never told again once given. */
  secret: z.boolean(),
  required: z.boolean(),
  /** Takes a list of texts. */
  many: z.boolean(),
  /** What is allowed, in words; null where the name says it. */
  hint: z.string().nullable(),
})
export type TargetField = z.output<typeof TargetField>

/** A kind of channel this installation can deliver to. */
export const ChannelKind = z.object({
  id: z.string(),
  docs: z.string(),
  /** Null where what it needs is not typed into a form. */
  fields: z.array(TargetField).nullable(),
  /** Why it cannot be used here; null when it can. */
  missing: z.string().nullable(),
  /** By what push services know this installation (VAPID, base64url): browsers subscribe with it. Null where the kind has none. */
  publicKey: z.string().nullable(),
})
export type ChannelKind = z.output<typeof ChannelKind>

const Name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((text) => !/\p{Cc}/u.test(text), 'must be text without control characters')

export const NotificationChannel = z.object({
  id: z.uuid(),
  kind: z.string(),
  name: z.string(),
  /** The target without its secrets. */
  target: z.string(),
  enabled: z.boolean(),
  /** Why it was switched off by us; null otherwise. */
  problem: z.string().nullable(),
  createdAt: IsoInstant,
})
export type NotificationChannel = z.output<typeof NotificationChannel>

export const DeliveryState = z.enum(['waiting', 'sending', 'sent', 'maybe', 'refused', 'expired'])
export type DeliveryState = z.output<typeof DeliveryState>

/** One message to one channel. `maybe`: it may have arrived, and is not sent again because the receiver could not know. */
export const Delivery = z.object({
  id: z.uuid(),
  channel: z.object({ id: z.uuid(), kind: z.string(), name: z.string() }),
  /** What it tells of, the first ones; `notices` counts all. */
  titles: z.array(z.string()),
  notices: z.int().nonnegative(),
  digest: z.boolean(),
  state: DeliveryState,
  attempts: z.int().nonnegative(),
  problem: z.string().nullable(),
  createdAt: IsoInstant,
  /** When it is tried next, while it waits. */
  dueAt: IsoInstant,
  endedAt: IsoInstant.nullable(),
})
export type Delivery = z.output<typeof Delivery>

const ReadNotice = Notice.extend({ readAt: IsoInstant.nullable() })
export type ReadNotice = z.output<typeof ReadNotice>

const ById = z.object({ id: z.uuid() })
const Unread = z.object({ unread: z.int().nonnegative() })
const flag = z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' })

/** Without accounts there is one user, whoever sits at the machine: nobody else may read or change these. */
export const notifications = {
  preferences: endpoint({
    method: 'GET',
    path: '/user/notifications/preferences',
    access: 'user',
    summary: 'What you want to hear of, and when.',
    reply: NotificationPreferences,
  }),
  setPreferences: endpoint({
    method: 'PUT',
    path: '/user/notifications/preferences',
    access: 'user',
    summary: 'Says what you want to hear of, and when: the whole of it.',
    body: NotificationPreferences,
    reply: NotificationPreferences,
  }),
  channels: endpoint({
    method: 'GET',
    path: '/user/notifications/channels',
    access: 'user',
    summary: 'Where you are told, and the kinds of channels there are.',
    reply: z.object({ items: z.array(NotificationChannel), kinds: z.array(ChannelKind) }),
  }),
  addChannel: endpoint({
    method: 'POST',
    path: '/user/notifications/channels',
    access: 'user',
    summary: 'Adds a channel. Its target is kept encrypted and never told again whole.',
    body: z.strictObject({ kind: z.string().min(1).max(40), name: Name, target: z.record(z.string(), z.unknown()) }),
    reply: NotificationChannel,
    creates: true,
    idempotent: true,
  }),
  changeChannel: endpoint({
    method: 'PATCH',
    path: '/user/notifications/channels/:id',
    access: 'user',
    summary: 'Renames a channel, or switches it on or off.',
    params: ById,
    body: z.strictObject({ name: Name.optional(), enabled: z.boolean().optional() }),
    reply: NotificationChannel,
  }),
  removeChannel: endpoint({
    method: 'DELETE',
    path: '/user/notifications/channels/:id',
    access: 'user',
    summary: 'Removes a channel with what waits for it and its log.',
    params: ById,
    reply: ById,
  }),
  testChannel: endpoint({
    method: 'POST',
    path: '/user/notifications/channels/:id/test',
    access: 'user',
    summary: 'Sends a test notice to a channel now, once, and answers how it went.',
    params: ById,
    reply: Delivery,
    timeoutMs: 60_000,
  }),
  notices: endpoint({
    method: 'GET',
    path: '/user/notifications/notices',
    access: 'user',
    summary: 'What you were told, newest first, and how much of it is unread.',
    query: z.strictObject({ unread: flag.optional(), ...paging(100, 30) }),
    reply: page(ReadNotice).extend(Unread.shape),
  }),
  markRead: endpoint({
    method: 'POST',
    path: '/user/notifications/notices/read',
    access: 'user',
    summary: 'Marks notices as read: those named, or all up to an instant.',
    body: z.union([z.strictObject({ ids: z.array(z.uuid()).min(1).max(500) }), z.strictObject({ upTo: IsoInstant })]),
    reply: Unread,
  }),
  deliveries: endpoint({
    method: 'GET',
    path: '/user/notifications/deliveries',
    access: 'user',
    summary: 'The log of what was sent where, newest first, and how it went.',
    query: z.strictObject({ ...paging(100, 30) }),
    reply: page(Delivery),
  }),
}
