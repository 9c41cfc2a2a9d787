import { z } from 'zod'

/** The four kinds of evidence. */
export const Kind = z.enum(['news', 'onchain', 'technical', 'social'])
export type Kind = z.output<typeof Kind>
export const kinds = Kind.options
