import { assessSafety, type SafetyAssessment } from '../safety/assess.ts'
import type { Gathered } from '../signals/gathered.ts'
import { gatheredSignals } from '../signals/index.ts'
import { kinds, type Kind } from '../words/kind.ts'
import { clamp, round } from '../words/numbers.ts'
import type { Gap, Reading } from '../words/reading.ts'
import { crowdCite } from '../words/story.ts'
import { toIso } from '../words/time.ts'
import { tokenForm, type Token } from '../words/token.ts'
import type { GatheredEvidence } from './dossier.ts'
import { eventsOf, type ToldEvent } from './events.ts'
import { createFigureBook } from './figure-book.ts'

export type GatheredReadings = {
  readonly readings: readonly Reading[]
  readonly safety: SafetyAssessment
  readonly gaps: readonly Gap[]
  readonly oldest: Partial<Record<Kind, string>>
  readonly events: readonly ToldEvent[]
}

/** The readings of what was gathered and known at the instant; what the sources contradict each other about is a gap and is not read. */
export function readGathered(evidence: GatheredEvidence, token: Token, at: number): GatheredReadings {
  const known = knownBy(evidence, at)
  const book = createFigureBook(known.figures, known.earlier)
  const { stories, crowd } = known
  const gathered: Gathered = { at, form: tokenForm(token), now: book.now, change: book.change, stories, crowd }
  const readings = gatheredSignals.flatMap((signal): Reading[] => {
    const said = signal.read(gathered)
    if (!said || !Number.isFinite(said.value) || !Number.isFinite(said.lean) || said.cites.length === 0) return []
    const { id, kind, unit } = signal
    return [
      { id, kind, value: round(said.value, 6), unit, lean: round(clamp(said.lean, -1, 1), 6), cites: [...said.cites] },
    ]
  })
  const gaps = book.doubts.map(({ why, sources }): Gap => ({
    kind: 'onchain',
    source: sources.length === 1 ? sources[0]! : null,
    reason: `not believed: ${why}`,
    at: toIso(at),
  }))
  const safety = assessSafety({ token, observations: [...known.figures, ...known.hazards], at })
  return { readings, safety, gaps, oldest: oldestOf(readings, known), events: eventsOf(stories ?? [], at) }
}

function knownBy({ figures, earlier, hazards, stories, crowd, pump }: GatheredEvidence, at: number): GatheredEvidence {
  const isKnown = ({ fetchedAt }: { fetchedAt: string }) => Date.parse(fetchedAt) <= at
  return {
    figures: figures.filter(isKnown),
    earlier: earlier.filter(isKnown),
    hazards: hazards.filter(isKnown),
    stories: stories && stories.filter((story) => Date.parse(story.at) <= at),
    crowd: crowd && Date.parse(crowd.at) <= at ? crowd : null,
    pump,
  }
}

/** By what readings cite: when it was true. */
export const citedAt = ({ figures, stories, crowd }: GatheredEvidence): Map<string, string> =>
  new Map([
    ...figures.map(({ source, name, observedAt }) => [`${source}:${name}`, observedAt] as const),
    ...(stories ?? []).map(({ id, at }) => [id, at] as const),
    ...(crowd ? [[crowdCite(crowd), crowd.at] as const] : []),
  ])

/** By kind the oldest of what its readings cite. */
function oldestOf(readings: readonly Reading[], known: GatheredEvidence): Partial<Record<Kind, string>> {
  const seenAt = citedAt(known)
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const own = readings.filter((reading) => reading.kind === kind)
      const instants = own
        .flatMap(({ cites }) => cites.map((cite) => seenAt.get(cite)))
        .filter((at) => at !== undefined)
      return instants.length > 0 ? [[kind, instants.toSorted()[0]!]] : []
    }),
  )
}
