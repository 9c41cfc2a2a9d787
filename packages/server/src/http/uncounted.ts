import { prefix } from '@pumpiq/api'

/** Asked again and again by whoever watches over the process: never limited, and answered while others are not. */
const watched = new RegExp(`^${prefix}/(?:health|ready)(?:\\?|$)`)

/** Pages and what they are made of are files; only the API is counted. */
export const isUncounted = (url: string): boolean => !url.startsWith('/api') || watched.test(url)
