import type { z } from 'zod'
import type { Mail } from '../network/mail.ts'
import type { Posted } from '../network/post.ts'
import type { Vapid } from '../platform/vapid.ts'
import type { Notice } from './notice.ts'

/**
 * What a channel may use of the outside. Every address is checked here: https, port 443, public, no redirects, 15 s. Both ways throw
 * failures whose fate `fateOf` tells; `answerOf` makes a Delivered of them.
 */
export type Outlet = {
  post(
    url: string,
    body: string | Uint8Array,
    headers: Readonly<Record<string, string>>,
    abort?: AbortSignal,
  ): Promise<Posted>
  /** Null where SMTP_URL is not set. */
  readonly mail: ((message: Mail, abort?: AbortSignal) => Promise<void>) | null
  /** Who we are to push services; absent or null where PUBLIC_URL is not set. */
  readonly vapid?: Vapid | null
  /** Epoch ms; for signatures. */
  now(): number
}

/**
 * How a delivery went. `gone`: the target does not exist any more, switch it off. `refused`: it will never be accepted as it is. `later`: try
 * again, not before `afterMs`. `maybe`: it may have arrived, nobody knows; channels that cannot tell twice from once are not asked again.
 */
export type Delivered =
  | { readonly ended: 'sent' }
  | { readonly ended: 'gone' | 'refused' | 'maybe'; readonly why: string }
  | { readonly ended: 'later'; readonly why: string; readonly afterMs: number | null }

/**
 * A way to reach a person or a program. One or several notices (a digest) go out as one message; `key` is the same in every repetition.
 * `send` never throws for what the receiver answers; what it throws is a bug.
 */
export type Channel<Target = unknown> = {
  readonly id: string
  readonly docs: string
  /** What a user gives; kept encrypted, and shown again only through `show`. */
  readonly target: z.ZodType<Target>
  /** The target without its secrets, for people. */
  show(target: Target): string
  /** Whether a receiver can know a repetition by its key, which stands in the message for it; else a delivery of unknown fate is not repeated. */
  readonly knowsRepetition: boolean
  send(message: {
    readonly target: Target
    readonly notices: readonly Notice[]
    readonly key: string
    readonly outlet: Outlet
    readonly abort: AbortSignal
  }): Promise<Delivered>
}
