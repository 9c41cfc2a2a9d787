import type { PerformanceBreakdown, RecommendationSummary } from '@pumpiq/api'
import type { Cell } from '../../words/csv.ts'

/** The calls that ended, a row each, in the order in which they are shown. */
export const endingsCsv = (endings: readonly RecommendationSummary[]): readonly (readonly Cell[])[] => [
  ['id', 'token', 'symbol', 'type', 'timeframe', 'issuedAt', 'status', 'endedAt', 'rMultiple', 'returnNetPct'],
  ...endings.map(({ id, token, symbol, type, timeframe, issuedAt, outcome }) => [
    id,
    token,
    symbol,
    type,
    timeframe,
    issuedAt,
    outcome?.status ?? null,
    outcome?.at ?? null,
    outcome?.rMultiple ?? null,
    outcome?.returnNetPct ?? null,
  ]),
]

/** The groups, a row each: counts, rates with their intervals, and the lead on every baseline. */
export function groupsCsv(groups: PerformanceBreakdown['groups']): readonly (readonly Cell[])[] {
  const others = groups[0]?.baselines.map(({ id }) => id) ?? []
  const rate = (name: string) => [name, `${name}Low`, `${name}High`, `${name}EffectiveN`]
  return [
    [
      'key',
      'label',
      'calls',
      'closed',
      'decided',
      'notFilled',
      'unresolved',
      ...rate('hit'),
      ...rate('meanR'),
      ...others.flatMap((id) => [`${id} leadPct`, `${id} leadLow`, `${id} leadHigh`]),
    ],
    ...groups.map(({ key, label, calls, closed, directional, baselines }) => [
      key,
      label,
      calls,
      closed,
      directional.decided,
      directional.notFilled,
      directional.unresolved,
      ...[directional.hit, directional.r].flatMap(({ value, low, high, effectiveN }) => [value, low, high, effectiveN]),
      ...baselines.flatMap(({ leadPct, leadLow, leadHigh }) => [leadPct, leadLow, leadHigh]),
    ]),
  ]
}
