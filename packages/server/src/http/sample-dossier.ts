import {
  clamp,
  compileDossier,
  round,
  toIso,
  type Dossier,
  type Evidence,
  type Kind,
  type Reading,
  type Token,
} from '@pumpiq/domain'
import type { Random } from '../platform/random.ts'
import { sampleGathered, type SampleTelling } from './sample-evidence.ts'

/** What each sample call is, in the order of the tokens. */
export const sampleShapes = [
  'BUY',
  'HOLD',
  'BUY',
  'SELL',
  'HOLD',
  'SELL',
  'BUY',
  'HOLD',
  'BUY',
  'SELL',
  'AVOID',
  'ABSTAINED',
] as const
export type SampleShape = (typeof sampleShapes)[number]

type Known = { token: Token; shape: SampleShape; at: number; random: Random; simulated: boolean }

/** What was seen of a token and what it comes to: the readings of candles are of our own making, the rest is the domain's. */
export function sampleDossier({ token, shape, at, random, simulated }: Known): {
  evidence: Evidence
  dossier: Dossier
} {
  const technical = technicalOf(shape, random)
  const tilt = tiltOf(shape)
  const gap = (kind: Kind, source: string | null, reason: string) => ({ kind, source, reason, at: toIso(at) })
  const evidence: Evidence = {
    token,
    timeframe: 'SWING',
    candles: null,
    quotes: [],
    gaps: [
      gap('technical', 'okx', 'no answer within 5 s'),
      gap('news', 'cryptopanic', 'needs CRYPTOPANIC_API_KEY'),
      ...(shape === 'ABSTAINED' ? [gap('social', null, 'no source of social could be asked')] : []),
    ],
    gathered: sampleGathered({ token, at, tilt, telling: tellingOf(token, shape) }),
    coverage: { news: 0.9 },
    labels: simulated ? ['SIMULATED'] : [],
    recorded: false,
    lagMs: 0,
  }
  const told = compileDossier(evidence, at)
  const oldest = { ...told.oldest, ...(technical.length > 0 && { technical: toIso(at - 3_600_000) }) }
  const gaps = told.gaps.filter(({ kind, source }) => kind !== 'technical' || source === 'okx')
  return { evidence, dossier: { ...told, readings: [...technical, ...told.readings], oldest, gaps } }
}

const tiltOf = (shape: SampleShape): number => (shape === 'BUY' ? 0.55 : shape === 'SELL' ? -0.6 : 0.02)

function tellingOf({ symbol }: Token, shape: SampleShape): SampleTelling {
  if (shape === 'AVOID') return 'honeypot'
  if (shape === 'ABSTAINED') return 'thin'
  return symbol === 'LTC' ? 'silent' : 'plain'
}

const signals = ['tech.rsi14', 'tech.macd', 'tech.ema-trend', 'tech.adx14', 'tech.mfi14', 'tech.bollinger']

function technicalOf(shape: SampleShape, random: Random): Reading[] {
  if (shape === 'ABSTAINED') return []
  return signals.map((id, i) => {
    const lean = round(clamp(tiltOf(shape) + (random() - 0.5) * 0.9, -1, 1), 3)
    const isIndex = id.endsWith('14')
    const value = isIndex ? round(50 + lean * 22 + i, 2) : round(lean * 1.7, 3)
    return {
      id,
      kind: 'technical',
      value,
      unit: isIndex ? 'index, 0 to 100' : 'ATR',
      lean,
      cites: ['binance:SAMPLE:1h'],
    }
  })
}
