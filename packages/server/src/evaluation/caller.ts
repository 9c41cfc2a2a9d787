import {
  briefViews,
  callFor,
  fitsKnownAt,
  presentOf,
  decide,
  followedOf,
  fromIso,
  houseProfile,
  planOf,
  rules,
  toIso,
  type Brief,
  type Call,
  type Fit,
  type PastCall,
  type Plan,
  type ModelOpinion,
  type Profile,
  type RulesOpinion,
  type Timeframe,
} from '@pumpiq/domain'
import { isWorthAsking } from '../analysts/model.ts'
import type { OpinionOf } from './journal.ts'
import type { Moment } from './replay.ts'
import { dossierWith, type RowPlan } from './rows.ts'

/** A call as far as it is followed and scored. */
export type Made = Pick<Call, 'type' | 'abstained' | 'plan' | 'confidence' | 'score'> & {
  /** Whether a model would be asked; and whether one was heard, which is to say that it answered what can be used. */
  readonly askable: boolean
  readonly heard: boolean
}

/** A moment as a row sees it, and what the rules think of it. */
export type Weighed = { readonly brief: Brief; readonly own: RulesOpinion }

type Needs = {
  readonly row: RowPlan
  readonly timeframe: Timeframe
  readonly version: string
  /** Null: the rules alone. */
  readonly opinionOf: OpinionOf | null
  /** Fits of measured confidence; of each only those are used that rest on nothing that closed after the instant. None: the prior stands. */
  readonly fits: readonly Fit[]
}

/** Nothing is sealed here, so one id serves all. */
const noId = '00000000-0000-4000-8000-000000000000'

/** Makes a row's calls, moment by moment of one token after another: a call near its threshold depends on the one before it. */
export function createCaller({ row, timeframe, version, opinionOf, fits }: Needs) {
  const profile: Profile = { ...houseProfile, timeframe, mode: row.mode, weights: row.weights }
  let previous: PastCall | null = null

  function briefOf({ dossier, isAfterHalt }: Moment): Brief {
    if (isAfterHalt) previous = null
    const unmeasured: Brief = {
      house: false,
      dossier: dossierWith(dossier, row.kinds),
      profile,
      previous,
      calibration: null,
      evidenceHash: null,
      engineVersion: version,
    }
    return fits.length === 0 ? unmeasured : { ...unmeasured, calibration: knownOf(unmeasured, fits) }
  }

  function weigh(moment: Moment): Weighed {
    const brief = briefOf(moment)
    return { brief, own: rules(brief) }
  }

  function kept({ dossier }: Brief, made: Made): Made {
    previous = { id: noId, type: made.type, issuedAt: dossier.at, score: made.score, contributions: {} }
    return made
  }

  /** The call once a model was heard or not, which the next moment's depends on. */
  const call = (weighed: Weighed, opinion: ModelOpinion | null): Made => kept(weighed.brief, callWith(weighed, opinion))

  return {
    weigh,
    call,
    callAt(moment: Moment): Made {
      if (!opinionOf) {
        const brief = briefOf(moment)
        return kept(brief, { ...callFor(brief), askable: false, heard: false })
      }
      const weighed = weigh(moment)
      const { brief, own } = weighed
      return call(weighed, isWorthAsking(brief, own) ? opinionOf(brief, own) : null)
    },
  }
}

function knownOf(brief: Brief, fits: readonly Fit[]): Brief['calibration'] {
  const { dossier, profile } = brief
  const { timeframe, weights } = profile
  const present = presentOf(briefViews(brief), weights)
  return fitsKnownAt(fits, { timeframe, weights, present, at: fromIso(dossier.at) })
}

/** The rules' call as a model leaves it: through the gate, as live. */
function callWith({ brief, own }: Weighed, opinion: ModelOpinion | null): Made {
  const askable = isWorthAsking(brief, own)
  if (!opinion) return { ...own.call, askable, heard: false }
  const made = decide({ brief, opinions: [own, opinion], id: noId, inputsHash: '' })
  const { type, abstained, confidence, score, engine } = made
  const plan = abstained === null ? planIn(made) : null
  return { type, abstained, confidence, score, plan, askable, heard: engine.analyst === 'model' }
}

/** As it would be followed: from the words of the recommendation back to numbers. */
const planIn = (made: ReturnType<typeof decide>): Plan =>
  planOf(followedOf({ ...made, issuedAt: toIso(fromIso(made.issuedAt)) }))
