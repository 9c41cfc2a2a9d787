import { z } from 'zod'

/** The four kinds of evidence. */
export const kinds = ['news', 'onchain', 'technical', 'social'] as const
export const Kind = z.enum(kinds)
export type Kind = z.output<typeof Kind>
