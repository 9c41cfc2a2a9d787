import { z } from 'zod'
import { IsoInstant, Tier } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { page, paging } from '../page.ts'
import { JobsHealth, SourceHealth } from './system.ts'

/** Who did what to whom, and how it ended. Bodies and secrets are not in it. */
export const AuditEntry = z.object({
  /** Later entries have a larger one. */
  id: z.int().positive(),
  at: IsoInstant,
  /** Null: nobody had signed in. */
  userId: z.string().nullable(),
  via: z.string(),
  address: z.string().nullable(),
  /** `resource.verb`, or the name of what was done. */
  operation: z.string(),
  target: z.string().nullable(),
  requestId: z.string().nullable(),
  /** As HTTP has it: below 400 it was done, from 400 on it was refused or failed. */
  status: z.int(),
  note: z.string().nullable(),
})
export type AuditEntry = z.output<typeof AuditEntry>

const word = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\w.:@-]+$/, 'must be letters, digits and . : @ - _')

const Count = z.int().nonnegative()
const Usd = z.number().nonnegative()

/** What a tier may, and how many accounts have it. */
export const TierShown = z.object({
  tier: Tier,
  /** Requests that are answered in each window. */
  requests: z.object({ perMinute: Count, perHour: Count, perDay: Count }),
  /** Streams that may be open at once. */
  streams: Count,
  /** How much an account may keep, or have under way at once. */
  most: z.object({ watched: Count, transactions: Count, openJobs: Count }),
  /** Of the model's money of a day: the share, and what that is in dollars; null where there is no model. */
  model: z.object({ share: z.number().min(0).max(1), usdPerDay: Usd.nullable() }),
  /** By the name of a setting, such as `ttlMs.answer`: what counts unless the user says otherwise, and between what he may choose. */
  settings: z.record(
    z.string(),
    z.object({ usual: z.unknown().optional(), least: z.number().optional(), most: z.number().optional() }),
  ),
  accounts: z.object({ people: Count, programs: Count, banned: Count }),
})
export type TierShown = z.output<typeof TierShown>

/** An answer that was refused for its shape or because it cannot be true. */
export const RefusedAnswer = z.object({
  at: IsoInstant,
  /** Host and path that were asked. */
  asked: z.string(),
  issue: z.string(),
  /** How the answer begins, as plain text in one line: words of others. */
  body: z.string().max(500),
})
export type RefusedAnswer = z.output<typeof RefusedAnswer>

/** A source with what only matters to those who run it. */
export const AdminSource = SourceHealth.extend({
  key: z.enum(['none', 'optional', 'required']),
  hasKey: z.boolean(),
  /** What it tells by itself, if it is listened to. */
  tells: z.array(z.enum(['candles', 'tokens'])),
  /** Newest first. */
  refused: z.array(RefusedAnswer).max(3),
})
export type AdminSource = z.output<typeof AdminSource>

/** The background work with what is timed; what ran is of the process that answers. */
export const AdminJobs = JobsHealth.extend({
  jobs: z.array(
    JobsHealth.shape.jobs.element.extend({
      /** Runs that are under way. */
      running: Count,
      lastEnding: z.enum(['done', 'failed', 'handed_back']).nullable(),
      /** Null: it is placed when there is something to do. */
      timed: z.object({ everyMs: z.int().positive(), nextAt: IsoInstant }).nullable(),
      timeoutMs: z.int().positive(),
      /** How often a failed run is tried again. */
      retriesAtMost: Count,
    }),
  ),
})
export type AdminJobs = z.output<typeof AdminJobs>

/** What was spent, and how many calls of the model were not made for want of money. */
const Spending = z.object({ usd: Usd, refused: Count })
/** Today is a UTC day and one of the thirty; what is set aside for questions under way is in it. */
const Spent = z.object({ today: Spending, last30Days: Spending })
/** What may be spent in a day; null where there is no model. */
const limit = { usdPerDay: Usd.nullable() }

export const ModelBudgets = page(
  /** Null: an account that is no more. */
  Spent.extend({ userId: z.string(), tier: Tier.nullable(), ...limit }),
).extend({
  day: z.iso.date(),
  /** Null where the rules alone decide. */
  model: z.object({ id: z.string(), host: z.string() }).nullable(),
  /** Of everybody together. */
  all: Spent.extend({ ...limit, setAsideUsd: Usd }),
  /** What the calls of the public record cost, and reading documents. */
  house: Spent.extend(limit),
  reader: Spent.extend(limit),
  /** Everybody together, newest first; a day of which nothing is known is left out. */
  days: z.array(Spending.extend({ day: z.iso.date() })).max(30),
})
export type ModelBudgets = z.output<typeof ModelBudgets>

/** How something ended that is in the audit log, by its status. */
export const AuditOutcome = z.enum(['done', 'refused', 'failed'])
export type AuditOutcome = z.output<typeof AuditOutcome>

const JobName = z
  .string()
  .max(50)
  .regex(/^[a-z][a-z0-9-]*$/, 'must be the name of a job, such as roll-up')

export const admin = {
  tiers: endpoint({
    method: 'GET',
    path: '/admin/tiers',
    access: 'analyst',
    summary:
      'What each tier may: requests, streams, money of the model, bounds of settings; and how many accounts have it.',
    reply: z.object({ items: z.array(TierShown) }),
  }),
  sources: endpoint({
    method: 'GET',
    path: '/admin/sources',
    access: 'analyst',
    summary:
      'Every outside source as `/sources` tells it, with its key, what it tells by itself and which answers were refused.',
    reply: z.object({ items: z.array(AdminSource) }),
  }),
  jobs: endpoint({
    method: 'GET',
    path: '/admin/jobs',
    access: 'analyst',
    summary: 'The background work: queues, and of each job when it runs, how long it may, how the last run here ended.',
    reply: AdminJobs,
  }),
  runJob: endpoint({
    method: 'POST',
    path: '/admin/jobs/:name/run',
    access: 'admin',
    idempotent: true,
    summary: 'Places a timed job now, beside its times; nothing is placed while one that was placed so waits or runs.',
    params: z.strictObject({ name: JobName }),
    reply: z.object({ name: z.string(), role: z.string(), placedAt: IsoInstant }),
  }),
  budgets: endpoint({
    method: 'GET',
    path: '/admin/budgets',
    access: 'analyst',
    summary:
      'What the language model has cost today and in thirty days, of all and of each user, who spent most first; and what may be spent.',
    query: z.strictObject(paging(200, 50)),
    reply: ModelBudgets,
  }),
  audit: endpoint({
    method: 'GET',
    path: '/admin/audit',
    access: 'admin',
    summary: 'What was done to accounts, and by admins, newest first; each entry stays as it was written.',
    query: z.strictObject({
      user: word.optional(),
      operation: word.optional(),
      target: word.optional(),
      outcome: AuditOutcome.optional(),
      /** Not before. */
      from: IsoInstant.optional(),
      /** Before. */
      to: IsoInstant.optional(),
      ...paging(100, 50),
    }),
    reply: page(AuditEntry),
  }),
}
