import type { Brief, Opinion } from '@pumpiq/domain'

/** Brief in, opinion out; null abstains. `base` is the rules' opinion, null for the rules themselves. */
export type Analyst = { readonly id: string; analyse(brief: Brief, base: Opinion | null): Promise<Opinion | null> }
