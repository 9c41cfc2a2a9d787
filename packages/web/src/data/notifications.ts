import type { ChannelKind, Delivery, NotificationChannel, NotificationPreferences, Page, ReadNotice } from '@pumpiq/api'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'

export type Channels = { readonly items: readonly NotificationChannel[]; readonly kinds: readonly ChannelKind[] }
export const useChannels = (): Asked<Channels> =>
  useAsked('channels', (abort) => client.notifications.channels({}, { abort }), 15_000)

export type Notices = Page<ReadNotice> & { readonly unread: number }
export const useNotices = (limit: number, unread: boolean): Asked<Notices> =>
  useAsked(
    ['notices', limit, unread],
    (abort) => client.notifications.notices({ query: { limit, ...(unread && { unread: 'true' }) } }, { abort }),
    10_000,
  )

export const useDeliveries = (limit: number): Asked<Page<Delivery>> =>
  useAsked(['deliveries', limit], (abort) => client.notifications.deliveries({ query: { limit } }, { abort }), 5_000)

export const usePreferences = (): Asked<NotificationPreferences> =>
  useAsked('preferences', (abort) => client.notifications.preferences({}, { abort }))

export type NewChannel = {
  readonly kind: string
  readonly name: string
  readonly target: Record<string, string | string[]>
}

export const addChannel = (body: NewChannel): Promise<NotificationChannel> => client.notifications.addChannel({ body })

export const switchChannel = (id: string, enabled: boolean): Promise<NotificationChannel> =>
  client.notifications.changeChannel({ params: { id }, body: { enabled } })

export const removeChannel = (id: string): Promise<unknown> => client.notifications.removeChannel({ params: { id } })

export const testChannel = (id: string): Promise<Delivery> => client.notifications.testChannel({ params: { id } })

/** All that happened up to an instant. */
export const markRead = (upTo: string): Promise<unknown> => client.notifications.markRead({ body: { upTo } })

export const savePreferences = (body: NotificationPreferences): Promise<NotificationPreferences> =>
  client.notifications.setPreferences({ body })
