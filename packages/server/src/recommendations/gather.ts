import {
  type Brief,
  briefViews,
  canonical,
  compileDossier,
  fitsKnownAt,
  type Fit,
  type PastCall,
  presentOf,
  type Profile,
  sealEvidence,
  type SealedEvidence,
  type Timeframe,
  type Token,
} from '@pumpiq/domain'
import type { Collect } from '../evidence/collect.ts'
import type { Clock } from '../platform/clock.ts'
import { sha256Hex } from '../platform/hash.ts'

/** A question: whose, about what, for which profile. House calls belong to nobody's account but the house's. */
export type AdviceAsk = {
  readonly userId: string
  readonly token: Token
  readonly profile: Profile
  readonly house: boolean
  /** The question this answers, so that it is answered once; null where nobody else could. */
  readonly askId: string | null
}

export type Gathered = { readonly brief: Brief; readonly evidence: SealedEvidence }

type Needs = {
  collect: Collect
  past(ask: AdviceAsk): Promise<PastCall | null>
  /** Fits of measured confidence that were made and known by an instant, of every kind. */
  fits(timeframe: Timeframe, at: number): Promise<readonly Fit[]>
  clock: Clock
  engineVersion: string
}
export type Gather = ReturnType<typeof createGather>

/** Collects first and stamps the instant afterwards, so that nothing collected is later than the decision. */
export function createGather({ collect, past, fits, clock, engineVersion }: Needs) {
  return async function gather(ask: AdviceAsk, abort?: AbortSignal): Promise<Gathered> {
    const evidence = await collect(ask.token, ask.profile, abort)
    const previous = await past(ask)
    const at = clock.now()
    const sealed = sealEvidence(evidence)
    const dossier = compileDossier(evidence, at)
    const { timeframe, weights } = ask.profile
    const brief: Brief = {
      house: ask.house,
      dossier,
      profile: ask.profile,
      previous,
      calibration: null,
      evidenceHash: sha256Hex(canonical(sealed)),
      engineVersion,
    }
    const present = presentOf(briefViews(brief), weights)
    const calibration = fitsKnownAt(await fits(timeframe, at), { timeframe, weights, present, at })
    return { evidence: sealed, brief: { ...brief, calibration } }
  }
}
