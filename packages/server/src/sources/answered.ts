import type { Token } from '@pumpiq/domain'
import type { Heard } from '../network/asked.ts'
import type { Told } from './seen.ts'

/** What a vendor tells of a token without an instant of its own was true when it answered. */
export const answered = (source: string, token: Token, { serverAt, fetchedAt }: Heard): Told => ({
  source,
  token: token.id,
  observedAt: serverAt ?? fetchedAt,
  fetchedAt,
})
