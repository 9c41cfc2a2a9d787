import type { Call } from './call.ts'
import type { Factor } from './recommendation.ts'

/** What an analyst thinks. Never acted upon as such: `decide` makes a recommendation of it, or refuses. */
export type Opinion = {
  readonly analyst: string
  readonly call: Call
  /** Additive: contributions sum to the call's score. */
  readonly factors: readonly Factor[]
  readonly conflicts: readonly string[]
  /** Plain text; every number in it is rendered by us and followed by the [reading] it comes from. */
  readonly reasoning: string
}
