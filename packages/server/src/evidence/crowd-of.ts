import type { Crowd, Token } from '@pumpiq/domain'

/** What the posts about a token come to at an instant; null where nobody wrote of it. */
export type CrowdOf = (token: Token, now: number) => Promise<Crowd | null>
