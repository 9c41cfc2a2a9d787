import { z } from 'zod'
import { IsoInstant, TokenId, type Tier } from '@pumpiq/domain'
import { endpoint, jobsPath } from '../endpoint.ts'
import { page, paging } from '../page.ts'

/** `failed`: nothing came of any of it; what came of a part is `completed`, and its items say which. */
export const JobState = z.enum(['pending', 'processing', 'completed', 'failed', 'cancelled'])
export type JobState = z.output<typeof JobState>

/** Recommendations that were asked for and are made one after the other. */
export const Job = z.object({
  id: z.uuid(),
  kind: z.enum(['recommendation', 'batch']),
  state: JobState,
  createdAt: IsoInstant,
  endedAt: IsoInstant.nullable(),
  /** By the pace so far; null once it has ended. */
  estimatedCompletionAt: IsoInstant.nullable(),
  progress: z.object({ done: z.int().nonnegative(), failed: z.int().nonnegative(), total: z.int().positive() }),
  /** Recommendations that are there, in the order of the tokens. */
  results: z.array(z.uuid()),
  items: z.array(
    z.object({
      token: TokenId,
      symbol: z.string(),
      state: z.enum(['waiting', 'asked', 'done', 'failed', 'cancelled']),
      recommendation: z.uuid().nullable(),
      /** Why it failed; null otherwise. */
      problem: z.string().nullable(),
    }),
  ),
})
export type Job = z.output<typeof Job>

/** How many of them an account may have under way at once. */
export const openJobsAtMost: Readonly<Record<Tier, number>> = { free: 2, basic: 4, premium: 8, pro: 16 }

const ById = z.strictObject({ id: z.uuid() })

/** Work that goes on after the answer. It is kept for 30 days. */
export const jobs = {
  list: endpoint({
    method: 'GET',
    path: jobsPath,
    access: 'user',
    summary: 'Your jobs, newest first.',
    query: z.strictObject({ ...paging(50, 20) }),
    reply: page(Job),
  }),
  one: endpoint({
    method: 'GET',
    path: `${jobsPath}/:id`,
    access: 'user',
    summary: 'How far a job of yours is, and what came of it.',
    params: ById,
    reply: Job,
  }),
  cancel: endpoint({
    method: 'DELETE',
    path: `${jobsPath}/:id`,
    access: 'user',
    scope: 'recommend',
    summary: 'Ends a job: what is being made is still made, the rest is not begun. One that has ended stays as it is.',
    params: ById,
    reply: Job,
  }),
}
