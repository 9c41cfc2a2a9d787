import type { FigureName } from '../words/figure.ts'
import type { Kind } from '../words/kind.ts'
import type { Crowd, Story } from '../words/story.ts'
import type { TokenForm } from '../words/token.ts'
import type { Said } from './signal.ts'

/** A figure that the sources agree about, and the observations it comes from. */
export type Agreed = { readonly value: number; readonly cites: readonly string[] }

/** All that was gathered about one token up to one instant, beside candles. */
export type Gathered = {
  /** Epoch ms. */
  readonly at: number
  readonly form: TokenForm
  /** What the fresh sources agree about; null where none speaks or they contradict each other. */
  now(name: FigureName): Agreed | null
  /** Its change since about a day ago, as a ratio (0.1 is +10 %): the middle one of the sources that told it then and now. */
  change(name: FigureName): Agreed | null
  /** Null where no news source could be asked. */
  readonly stories: readonly Story[] | null
  /** Null where no social source could be asked. */
  readonly crowd: Crowd | null
}

/** What a signal over gathered evidence says, with the observations it read. */
export type SaidOf = Said & { readonly cites: readonly string[] }

/** As `Signal`, over what was gathered. `weight` is its share of its kind's view by form of token; 0 informs only, and leans nowhere. */
export type GatheredSignal = {
  readonly id: string
  readonly kind: Kind
  readonly unit: string
  readonly label: string
  readonly weight: Readonly<Record<TokenForm, number>>
  /** The source of the rule. */
  readonly see: string
  read(gathered: Gathered): SaidOf | null
}
