import type { Story, Token } from '@pumpiq/domain'

/** The stories about a token that are known at an instant, the newest first. */
export type StoriesOf = (token: Token, now: number) => Promise<Story[]>
