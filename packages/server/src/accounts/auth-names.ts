import { hours } from '@pumpiq/domain'

/** Where the library's own door stands. */
export const authPath = '/api/auth'

/** What every API key begins with, so that it is known for one wherever it turns up. */
export const keyPrefix = 'pq_'

/** However much it is used, a session ends after so long. */
export const sessionMostMs = hours(30 * 24)
