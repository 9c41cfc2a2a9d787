import type { Explanation, Recommendation } from '@pumpiq/domain'
import type { Figure, PerformanceSummary, RecommendationSummary, TokenAnalysis } from '@pumpiq/api'
import { foreign, foreignName } from './foreign.ts'

const share = (value: number): string => `${Math.round(1_000 * value) / 10} %`

type Call = Pick<
  Recommendation,
  | 'id'
  | 'symbol'
  | 'token'
  | 'type'
  | 'timeframe'
  | 'issuedAt'
  | 'abstained'
  | 'price'
  | 'entry'
  | 'targets'
  | 'stopLoss'
  | 'confidence'
  | 'actionable'
  | 'riskRating'
  | 'labels'
  | 'warnings'
  | 'seal'
>

const confidenceText = ({ confidence }: Call): string =>
  confidence === null
    ? 'confidence: none'
    : `confidence ${share(confidence.value)} that target 1 comes before the stop (${share(confidence.low)} to ${share(confidence.high)}, method ${confidence.method}, n ${confidence.n})`

/** A call in one line. */
export function callLine(call: Call, outcome: RecommendationSummary['outcome'] = null): string {
  const ended = outcome
    ? `, ended ${outcome.status}${outcome.rMultiple === null ? '' : ` (${outcome.rMultiple.toFixed(2)} R)`}`
    : ''
  return `${call.type} ${foreignName(call.symbol)} ${call.timeframe}, ${confidenceText(call)}, risk ${call.riskRating}, issued ${call.issuedAt}${ended}, id ${call.id}`
}

export function callText(call: Call & Pick<Recommendation, 'reasoning'>): string {
  const { price, entry, stopLoss, targets, actionable, seal, labels, abstained, warnings } = call
  return [
    callLine(call),
    ...(labels.length > 0 ? [`labels: ${labels.join(', ')}`] : []),
    ...(abstained === null ? [] : [`no call could be made: ${abstained}`]),
    ...(price
      ? [`price ${price.value} (${price.source}, ${Math.round(price.ageMs / 1_000)} s old)`]
      : ['price unknown']),
    ...(entry
      ? [
          `entry ${entry.low} to ${entry.high}, stop ${stopLoss ?? 'none'}, targets ${targets.map((target) => target.price).join(', ')}`,
        ]
      : []),
    `${actionable.yes ? 'actionable' : 'not actionable'}: ${actionable.why}`,
    ...warnings.map((warning) => `warning: ${warning}`),
    `why: ${call.reasoning}`,
    seal ? `sealed as record ${seal.seq} of the ledger` : 'not sealed',
  ].join('\n')
}

export function analysisText({ token, at, labels, price, kinds, safety, stories, gaps }: TokenAnalysis): string {
  return [
    `${foreignName(token.symbol)} (${token.id}) at ${at}${labels.length > 0 ? ` [${labels.join(', ')}]` : ''}: nothing is decided here`,
    price ? `price ${price.value} (${price.source}, ${Math.round(price.ageMs / 1_000)} s old)` : 'price unknown',
    ...Object.entries(kinds).map(
      ([kind, view]) => `${kind}: lean ${view.score ?? 'unknown'} of -1 to 1, quality ${view.quality}`,
    ),
    `safety: ${safety === null ? 'unknown' : safety.applicable ? safety.verdict : 'nothing to check, it has no contract'}`,
    ...(stories ?? [])
      .slice(0, 5)
      .map(
        ({ quote, publishers, publishedAt }) =>
          `story of ${publishedAt} by ${foreign(publishers.join(', '), 60)}: ${foreign(quote)}`,
      ),
    ...gaps
      .slice(0, 10)
      .map(({ kind, source, reason }) => `not known (${kind}, ${source ?? 'all sources'}): ${reason}`),
  ].join('\n')
}

const figureText = ({ value, low, high, n, effectiveN, note }: Figure): string =>
  value === null
    ? `not told (${note ?? 'too few calls'}; n ${n})`
    : `${value} (95 % interval ${low} to ${high}, n ${n}, worth ${effectiveN} independent ones)`

export function recordText(
  { period, timeframe, directional, calls, closed, notes }: PerformanceSummary,
  verdict: string,
): string {
  return [
    `the public record of ${timeframe} house calls, ${period}: ${calls} calls, ${closed} closed, ${directional.open} BUY and SELL open`,
    `target 1 before the stop: ${figureText(directional.hit)}`,
    `R net of costs: ${figureText(directional.r)}`,
    `return net, percent: ${figureText(directional.returnNetPct)}`,
    `beside buying and holding: ${verdict}`,
    ...notes,
  ].join('\n')
}

export function explanationText({
  call,
  symbol,
  token,
  timeframe,
  at,
  abstained,
  sentences,
  levels,
  gaps,
}: Explanation): string {
  return [
    `${call.type} ${foreignName(symbol)} (${token}) ${timeframe}, on what was known at ${at}`,
    ...(abstained === null ? [] : [`no call could be made: ${abstained}`]),
    ...sentences.map(
      ({ of, text, references }) => `${of}: ${text}${references.length > 0 ? ` [${references.join(', ')}]` : ''}`,
    ),
    ...call.steps.map((step) => `how the type came: ${step}`),
    ...levels.map(({ level, price, why }) => `${level} ${price}: ${why}`),
    ...gaps
      .slice(0, 10)
      .map(({ kind, source, reason }) => `not known (${kind}, ${source ?? 'all sources'}): ${reason}`),
  ].join('\n')
}
