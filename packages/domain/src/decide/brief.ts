import { z } from 'zod'
import { KnownFits } from '../confidence/fit.ts'
import { Dossier } from '../dossier/dossier.ts'
import { Profile } from '../words/profile.ts'
import { IsoInstant } from '../words/time.ts'
import { CallType } from './recommendation.ts'

/** The last call for this token and profile, as far as the next one needs it. */
export const PastCall = z.object({
  id: z.uuid(),
  type: CallType,
  issuedAt: IsoInstant,
  score: z.number(),
  /** Reading id -> its contribution to the score. */
  contributions: z.record(z.string(), z.number()),
})
export type PastCall = z.output<typeof PastCall>

/** All that an analyst sees and that is sealed: equal briefs, equal recommendation. */
export const Brief = z.object({
  /** Made on schedule for the public record; else personal. */
  house: z.boolean(),
  dossier: Dossier,
  profile: Profile,
  previous: PastCall.nullable(),
  /** Fits of measured confidence that apply and were known at the instant, or why there is none; null: nobody asked, the prior stands. */
  calibration: KnownFits.nullable(),
  /** SHA-256 of the canonical evidence the dossier was compiled from; null for recorded files. */
  evidenceHash: z.string().nullable(),
  engineVersion: z.string(),
})
export type Brief = z.output<typeof Brief>
