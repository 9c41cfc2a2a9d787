import { price, type Explanation, type Recommendation } from '@pumpiq/domain'
import { figure, percent, signed, span } from '../../words/show.ts'
import { callTexts as text } from '../../words/texts/recommendation.ts'
import { chanceOf, MeterBar, methods } from '../confidence-meter.tsx'
import { Card } from '../kit/card.tsx'
import { Clamps } from './clamps.tsx'
import { Of, Plain, PriceFact, Row, Rows } from './rows.tsx'

type Props = { call: Recommendation; told: Explanation | null }

/** What the chance is, how it was measured, and whether it is enough for what the trade pays. */
export function ChanceCard({ call, told }: Props) {
  const { confidence, breakEven } = call
  if (!confidence) return null
  const { low, high, n, method, measured, below, value } = confidence
  const decimals = high - low < 0.02 ? 1 : 0
  return (
    <Card title={text.chance} hint={<span data-plain>{chanceOf(call.type)}</span>}>
      <div className="grid gap-3">
        <MeterBar call={call} tall />
        <Rows>
          <Row name={text.shown}>
            <b>
              <Of at="confidence.value">{percent(value, 1)}</Of>
            </b>
          </Row>
          <Row name={<Plain>{text.interval}</Plain>}>
            <Of at="confidence.low">{percent(low, decimals)}</Of> –{' '}
            <Of at="confidence.high">{percent(high, decimals)}</Of>
          </Row>
          {breakEven !== null && (
            <Row name={text.even}>
              <Of at="breakEven">{percent(breakEven, 1)}</Of>
            </Row>
          )}
          {call.expectedR !== null && (
            <Row name={text.expected}>
              <Of at="expectedR">{signed(call.expectedR)} R</Of>
            </Row>
          )}
          <Row name={text.method}>{methods[method]}</Row>
          <Row name={text.sample}>
            n <Of at="confidence.n">{figure(n)}</Of>
          </Row>
          {measured !== value && (
            <Row name={text.measured}>
              <Of at="confidence.measured">{percent(measured, 1)}</Of>
            </Row>
          )}
          {below && (
            <Row name={`${text.below}: ${methods[below.method]}`}>
              <Of at="confidence.below.measured">{percent(below.measured, 1)}</Of>
            </Row>
          )}
        </Rows>
        <p className="text-xs text-ink-2">
          {text.origins[method]}{' '}
          {method !== 'prior' && breakEven !== null && text.margin[low > breakEven ? 'above' : 'below']}
        </p>
        {told?.confidence && told.confidence.caps.length > 0 && (
          <Clamps of="explanation" at="confidence.caps" clamps={told.confidence.caps} />
        )}
      </div>
    </Card>
  )
}

/** What was asked for it at the time, venue by venue, and what trading it costs. */
export function PriceCard({ call: { price: trusted, costs } }: { call: Recommendation }) {
  if (!trusted) return <Card title={text.priceTitle}>{text.noPrice}</Card>
  return (
    <Card title={text.priceTitle} hint={<span data-plain>{text.oldAtIssue(span(trusted.ageMs))}</span>}>
      <Rows>
        <Row name={<b>{text.price}</b>}>
          <b>
            <PriceFact of="recommendation" at="price.value" value={trusted.value} />
          </b>
        </Row>
        {trusted.quotes.map((quote, i) => (
          <Row
            key={`${quote.source} ${quote.pair}`}
            name={
              <Plain>
                {quote.source} <span className="text-xs text-ink-3">{quote.pair}</span>
              </Plain>
            }
          >
            <PriceFact of="recommendation" at={`price.quotes.${i}.price`} value={price(quote.price)} />
          </Row>
        ))}
        <Row name={text.costs}>
          <Of at="costs.feePctPerSide">{figure(costs.feePctPerSide, 0, 4)} %</Of> +{' '}
          <Of at="costs.slippageBpsPerSide">{figure(costs.slippageBpsPerSide, 0, 4)} bps</Of>
        </Row>
      </Rows>
    </Card>
  )
}
