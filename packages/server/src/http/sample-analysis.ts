import { kinds, labelOf, tokenForm, viewsOf, type Dossier, type Evidence } from '@pumpiq/domain'
import type { TokenAnalysis } from '@pumpiq/api'

const sampleVoices: TokenAnalysis['voices'] = [
  { author: 'bluesky:did:plc:sample', name: 'patient.reader', posts: 2, calls: 64, hits: 45, loudness: 1.51 },
  { author: 'stocktwits:7', name: 'always_up', posts: 5, calls: 31, hits: 13, loudness: 1 },
]

/** What is known of a sample token: the dossier of its call, with what it was compiled from. */
export function sampleAnalysis({ gathered }: Evidence, dossier: Dossier): TokenAnalysis {
  const { token, at, labels, price, readings, coverage, gaps, oldest } = dossier
  const views = viewsOf(readings, tokenForm(token), coverage)
  return {
    token,
    at,
    labels,
    price: price && { value: price.value, source: price.source, ageMs: price.ageMs },
    kinds: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        { score: views[kind]?.score ?? null, quality: views[kind]?.quality ?? 0, coverage: coverage[kind] ?? null },
      ]),
    ) as TokenAnalysis['kinds'],
    safety: dossier.safety ?? { applicable: false },
    readings: readings.map((reading) => ({
      ...reading,
      label: labelOf(reading.id),
      observedAt: oldest[reading.kind] ?? at,
    })),
    figures: [...(gathered?.figures ?? [])],
    hazards: [...(gathered?.hazards ?? [])],
    stories: gathered?.stories ? [...gathered.stories] : null,
    crowd: gathered?.crowd ?? null,
    voices: gathered?.crowd ? sampleVoices : [],
    coverage,
    gaps,
    asked: [...kinds],
    call: null,
  }
}
