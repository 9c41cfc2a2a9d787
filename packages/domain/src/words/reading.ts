import { z } from 'zod'
import { Kind } from './kind.ts'

/** What a signal says. `lean` is the direction of pressure in [-1, 1]; `cites` names the observations it was read from. */
export const Reading = z.object({
  id: z.string().regex(/^[a-z]+\.[a-z0-9-]+$/i),
  kind: Kind,
  value: z.number(),
  unit: z.string(),
  lean: z.number().min(-1).max(1),
  cites: z.array(z.string()).min(1),
})
export type Reading = z.output<typeof Reading>

/** What could not be known, and why. */
export const Gap = z.object({ kind: Kind, source: z.string().nullable(), reason: z.string(), at: z.iso.datetime() })
export type Gap = z.output<typeof Gap>

/** One venue's price. Instants as on the wire. */
export const Quote = z.object({
  source: z.string(),
  pair: z.string(),
  price: z.string(),
  observedAt: z.iso.datetime(),
  fetchedAt: z.iso.datetime(),
})
export type Quote = z.output<typeof Quote>
