import {
  directionOf,
  scoreOf,
  thresholdFor,
  tokenForm,
  viewsOf,
  withoutBoughtText,
  type Brief,
  type CallType,
  type Profile,
  type Views,
} from '@pumpiq/domain'

/** What a call heard when it was made: of its sealed evidence all that score and direction are made of. */
export type Heard = {
  readonly views: Views
  readonly previous: CallType | null
  /** Whose weights it was made by. */
  readonly profile: Hearing
}

/** By which weights and how sure one asks to be. */
export type Hearing = Pick<Profile, 'mode' | 'weights' | 'riskTolerance'>

export const heardOf = ({ dossier, previous, profile }: Brief): Heard => ({
  views: viewsOf(dossier.readings, tokenForm(dossier.token), dossier.coverage),
  previous: previous?.type ?? null,
  profile,
})

export type Lean = { readonly score: number; readonly direction: 'BUY' | 'HOLD' | 'SELL'; readonly enter: number }

/**
 * Score and direction of the same evidence by other weights, by the arithmetic that makes calls: text cannot buy, and a call that stands
 * keeps standing for longer. It is not the call: safety, costs, levels, confidence and a model's caution come after it.
 */
export function leanOf({ views, previous }: Heard, { mode, weights, riskTolerance }: Hearing): Lean {
  const enter = thresholdFor(riskTolerance, weights)
  const { score, mayBuy } = withoutBoughtText(scoreOf(views, weights), views, weights, mode)
  const direction = directionOf(score, enter, previous)
  return { score, enter, direction: direction === 'BUY' && !mayBuy ? 'HOLD' : direction }
}
