import { kinds, RiskRating, round, type Kind } from '@pumpiq/domain'
import type { ComparedToken, Highlight } from '@pumpiq/api'

/** A figure of a compared token, and what it is from; null where it is not known. */
type Figure = { readonly value: number; readonly shown: string; readonly cite: string } | null
type Rule = {
  readonly id: string
  readonly figureOf: (item: ComparedToken) => Figure
  /** The smaller one stands out. */
  readonly isLeast?: true
  readonly sentence: (symbol: string, first: string, next: string) => string
}

const kindNames: Readonly<Record<Kind, string>> = {
  news: 'News',
  onchain: 'On-chain data',
  technical: 'Technical readings',
  social: 'Posts',
}

const percent = (ratio: number): string => `${round(ratio * 100, 1)} %`

/** A figure of the call, unless none was made. */
function called(
  item: ComparedToken,
  value: (call: NonNullable<ComparedToken['call']>) => number | null,
  show: (value: number) => string,
): Figure {
  const { call } = item
  if (!call || call.abstained !== null) return null
  const found = value(call)
  return found === null ? null : { value: found, shown: show(found), cite: `recommendation:${call.id}` }
}

type Seen = { readonly value: number; readonly source: string; readonly observedAt: string } | null

const market = (name: string, seen: Seen, show: (value: number) => string): Figure =>
  seen && { value: seen.value, shown: show(seen.value), cite: `figure:${name}:${seen.source}@${seen.observedAt}` }

const usd = (value: number): string => `${value.toLocaleString('en-US', { maximumSignificantDigits: 4 })} USD`
const plain = (value: number): string => String(round(value, 3))
const risks = RiskRating.options

const isDirectional = ({ type }: NonNullable<ComparedToken['call']>): boolean => type === 'BUY' || type === 'SELL'

const rules: readonly Rule[] = [
  {
    id: 'evidence-leans-up-most',
    figureOf: (item) => called(item, ({ score }) => score, plain),
    sentence: (symbol, first, next) => `The evidence on ${symbol} leans up most: score ${first}, next ${next}.`,
  },
  {
    id: 'highest-probability',
    // That of a HOLD is of another event: that its band is not left.
    figureOf: (item) =>
      called(item, (call) => (isDirectional(call) ? (call.confidence?.value ?? null) : null), percent),
    sentence: (symbol, first, next) => `Target 1 before the stop is likeliest for ${symbol}: ${first}, next ${next}.`,
  },
  {
    id: 'highest-expected-result',
    figureOf: (item) =>
      called(
        item,
        ({ expectedR }) => expectedR,
        (value) => `${round(value, 2)} R`,
      ),
    sentence: (symbol, first, next) => `${symbol} is expected to bring most after costs: ${first}, next ${next}.`,
  },
  {
    id: 'lowest-risk',
    isLeast: true,
    figureOf: (item) =>
      called(
        item,
        ({ riskRating }) => risks.indexOf(riskRating),
        (value) => risks[value]!,
      ),
    sentence: (symbol, first, next) => `${symbol} is rated the least risk: ${first}, next ${next}.`,
  },
  {
    id: 'most-is-known',
    figureOf: (item) => called(item, ({ completeness }) => completeness, percent),
    sentence: (symbol, first, next) => `Most is known of ${symbol}: ${first} of the evidence asked for, next ${next}.`,
  },
  ...kinds.map((kind): Rule => ({
    id: `${kind}-leans-up-most`,
    figureOf: (item) => called(item, () => (item.kinds?.[kind].used ? item.kinds[kind].score : null), plain),
    sentence: (symbol, first, next) => `${kindNames[kind]} speak most for ${symbol}: ${first}, next ${next}.`,
  })),
  {
    id: 'most-liquid',
    figureOf: ({ token }) => market('liquidityUsd', token.market.liquidityUsd, usd),
    sentence: (symbol, first, next) => `The pools of ${symbol} hold most: ${first}, next ${next}.`,
  },
  {
    id: 'largest',
    figureOf: ({ token }) => market('marketCapUsd', token.market.marketCapUsd, usd),
    sentence: (symbol, first, next) => `${symbol} is the largest by market cap: ${first}, next ${next}.`,
  },
  {
    id: 'rose-most-24h',
    figureOf: ({ token }) => market('change24hRatio', token.market.change24hPct, (value) => `${round(value, 2)} %`),
    sentence: (symbol, first, next) => `${symbol} did best within a day: ${first}, next ${next}.`,
  },
]

/** What sets one token apart from all others compared: only where at least two are known, and none where two are equal. */
export const highlightsOf = (items: readonly ComparedToken[]): Highlight[] => [
  ...rules.flatMap((rule) => standingOut(items, rule)),
  ...items.flatMap(unsafe),
]

function standingOut(items: readonly ComparedToken[], { id, figureOf, isLeast, sentence }: Rule): Highlight[] {
  const known = items.flatMap((item) => {
    const figure = figureOf(item)
    return figure ? [{ token: item.token, figure }] : []
  })
  const [first, next] = known.toSorted((a, b) => (isLeast ? 1 : -1) * (a.figure.value - b.figure.value))
  if (!first || !next || first.figure.value === next.figure.value) return []
  return [
    {
      id,
      token: first.token.id,
      sentence: sentence(first.token.symbol, first.figure.shown, next.figure.shown),
      value: first.figure.value,
      next: next.figure.value,
      cites: known.map(({ figure }) => figure.cite),
    },
  ]
}

function unsafe({ token, call, safety }: ComparedToken): Highlight[] {
  if (!call || safety?.verdict !== 'fail') return []
  const sentence = `The contract of ${token.symbol} fails: ${safety.failed.join(', ')}.`
  return [{ id: 'unsafe', token: token.id, sentence, value: null, next: null, cites: [`recommendation:${call.id}`] }]
}
