import type { ChannelKind, Delivery, NotificationChannel, NotificationPreferences, Page, ReadNotice } from '@pumpiq/api'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'
import { queryClient } from './query.ts'
import { useSession } from './session.ts'

export type Channels = { readonly items: readonly NotificationChannel[]; readonly kinds: readonly ChannelKind[] }
export const useChannels = (): Asked<Channels> =>
  useAsked('channels', (abort) => client.notifications.channels({}, { abort }), 15_000)

export type Notices = Page<ReadNotice> & { readonly unread: number }
const noticesKey = 'notices'
type NoticesAsked = { readonly unread: boolean; readonly cursor: string | null }
export const useNotices = ({ unread, cursor }: NoticesAsked): Asked<Notices> =>
  useAsked(
    [noticesKey, unread, cursor],
    (abort) => client.notifications.notices({ query: { limit: 20, ...more(cursor), ...only(unread) } }, { abort }),
    10_000,
    happens,
    { keepPrevious: true },
  )

/** How many notices whoever is here has not read; null while nobody is, or it is not known. */
export function useUnread(): number | null {
  const { data: session } = useSession()
  const enabled = session !== null && session.user !== null
  const { data } = useAsked(
    [noticesKey, 'unread'],
    (abort) => client.notifications.notices({ query: { limit: 1, ...only(true) } }, { abort }),
    60_000,
    happens,
    { enabled },
  )
  return enabled && data ? data.unread : null
}

/** After anything that reads notices, or makes some. */
export const noticesChanged = (): Promise<void> => queryClient.invalidateQueries({ queryKey: [noticesKey] })

export const useDeliveries = (cursor: string | null): Asked<Page<Delivery>> =>
  useAsked(
    ['deliveries', cursor],
    (abort) => client.notifications.deliveries({ query: { limit: 20, ...more(cursor) } }, { abort }),
    10_000,
    undefined,
    { keepPrevious: true },
  )

const happens = ['recommendation', 'outcome'] as const
const more = (cursor: string | null) => (cursor === null ? {} : { cursor })
const only = (unread: boolean) => (unread ? { unread: 'true' } : {})

export const usePreferences = (): Asked<NotificationPreferences> =>
  useAsked('preferences', (abort) => client.notifications.preferences({}, { abort }))

export type NewChannel = {
  readonly kind: string
  readonly name: string
  readonly target: Readonly<Record<string, unknown>>
}

export const addChannel = (body: NewChannel): Promise<NotificationChannel> => client.notifications.addChannel({ body })

export const switchChannel = (id: string, enabled: boolean): Promise<NotificationChannel> =>
  client.notifications.changeChannel({ params: { id }, body: { enabled } })

export const removeChannel = (id: string): Promise<unknown> => client.notifications.removeChannel({ params: { id } })

export const testChannel = (id: string): Promise<Delivery> => client.notifications.testChannel({ params: { id } })

export const markOneRead = (id: string): Promise<unknown> => client.notifications.markRead({ body: { ids: [id] } })

/** All that happened up to an instant. */
export const markRead = (upTo: string): Promise<unknown> => client.notifications.markRead({ body: { upTo } })

export const savePreferences = (body: NotificationPreferences): Promise<NotificationPreferences> =>
  client.notifications.setPreferences({ body })
