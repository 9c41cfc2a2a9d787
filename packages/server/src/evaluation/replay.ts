import {
  compileDossier,
  haltMs,
  kinds,
  knownAt,
  slice,
  toIso,
  type Dossier,
  type Gap,
  type Kind,
  type Token,
} from '@pumpiq/domain'
import { candleCount } from '../evidence/collect.ts'
import { createCrowdOf } from '../evidence/crowd-of.ts'
import { createStoriesOf } from '../evidence/stories-of.ts'
import type { Recorded } from '../backtest/backtest.ts'
import { recordedDocuments } from './documents.ts'
import { figuresAt } from './figures.ts'
import type { Shelf } from './library.ts'
import type { Window } from './plan.ts'

/** One token at one instant: all that had arrived of it, compiled as live. */
export type Moment = {
  /** Number of the token in its window. */
  readonly token: number
  readonly at: number
  readonly dossier: Dossier
  /** What its weightiest story says, for a person to see; foreign text. */
  readonly headline: string | null
  readonly recorded: Recorded
  /** Trading was halted since the moment before: what was called then says nothing now. */
  readonly isAfterHalt: boolean
}

export const labels = ['evaluation', 'hypothetical', 'recorded', 'single venue', 'token safety not assessed'] as const

/**
 * Token by token every instant of the window's grid, oldest first, with the dossier of what had arrived by then. Nothing behind an instant
 * is read: candles are cut, documents and figures are kept behind their arrival. Halted markets are passed over.
 */
export async function* replay(window: Window, { tokens, documents, figures }: Shelf): AsyncGenerator<Moment> {
  const store = recordedDocuments(documents)
  const storiesOf = createStoriesOf({ documents: store })
  const crowdOf = createCrowdOf({ documents: store })
  const every = window.every
  for (const [number, { token, recorded, lagMs }] of tokens.entries()) {
    const { candles } = recorded
    let isAfterHalt = true
    for (let at = Math.ceil(Date.parse(window.from) / every) * every; at <= Date.parse(window.to); at += every) {
      const known = knownAt(candles, at, lagMs)
      const silentMs = known === 0 ? haltMs : at - lagMs - candles.openAt[known - 1]! - candles.intervalMs
      if (silentMs >= haltMs) {
        isAfterHalt = true
        continue
      }
      store.moveTo(at)
      const stories = store.tells(token.id, 'news') ? await storiesOf(token, at) : null
      const crowd = store.tells(token.id, 'social') ? await crowdOf(token, at) : null
      const dossier = compileDossier(
        {
          token,
          timeframe: window.timeframe,
          // So many as a live call is made on.
          candles: slice(candles, Math.max(0, known - candleCount), known),
          quotes: [],
          gaps: gapsOf(token, { news: stories !== null, social: crowd !== null }, at),
          gathered: { ...figuresAt(figures, token.id, at), hazards: [], stories, crowd, pump: null },
          coverage: {},
          labels: [...labels],
          recorded: true,
          lagMs,
        },
        at,
      )
      // Nobody was asked for the safety of a contract: it is not assessed, which is not the same as unknown.
      yield {
        token: number,
        at,
        dossier: { ...dossier, safety: null },
        headline: stories?.[0]?.quote ?? null,
        recorded,
        isAfterHalt,
      }
      isAfterHalt = false
    }
  }
}

const gapsOf = ({ symbol }: Token, told: Partial<Record<Kind, boolean>>, at: number): Gap[] =>
  kinds
    .filter((kind) => told[kind] === false)
    .map((kind) => ({ kind, source: null, reason: `nothing recorded of ${symbol}`, at: toIso(at) }))
