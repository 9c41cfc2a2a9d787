import type { ReactNode } from 'react'
import { showPrice, type Recommendation } from '@pumpiq/domain'
import { percent, signed, span, words } from '../words/show.ts'
import { PriceText } from './price-text.tsx'

/** What the trade would be: price and venues, what it pays and costs, how much to put in, how risky it is. */
export function TradeFacts({ call }: { call: Recommendation }) {
  return (
    <>
      <PriceFacts price={call.price} />
      {call.entry && <PayFacts call={call} />}
      <section className="card" aria-labelledby="risk">
        <h2 id="risk">
          Risk <span className={`risk risk-${call.riskRating.toLowerCase()}`}>{words(call.riskRating)}</span>
        </h2>
        <ul className="plain">
          {call.riskReasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </section>
    </>
  )
}

function PriceFacts({ price }: { price: Recommendation['price'] }) {
  return (
    <section className="card" aria-labelledby="price">
      <h2 id="price">Price at issue</h2>
      {price ? (
        <>
          <p className="big num" title={price.value}>
            {showPrice(price.value)}
          </p>
          <p className="faint small">
            {price.source.split('+').join(', ')}; {span(price.ageMs)} old when issued
          </p>
          {price.quotes.length > 0 && (
            <dl className="facts">
              {price.quotes.map((quote) => (
                <Fact key={quote.source} name={`${quote.source} ${quote.pair}`}>
                  {quote.price}
                </Fact>
              ))}
            </dl>
          )}
        </>
      ) : (
        <p>No price could be trusted.</p>
      )}
    </section>
  )
}

function PayFacts({ call: { riskReward, expectedR, breakEven, costs, positionSize } }: { call: Recommendation }) {
  return (
    <section className="card" aria-labelledby="pay">
      <h2 id="pay">What it pays</h2>
      <dl className="facts">
        <Fact name="Reward to risk, net">{riskReward === null ? '–' : `${riskReward.toFixed(2)} R`}</Fact>
        <Fact name="Break-even chance">{breakEven === null ? '–' : percent(breakEven, 1)}</Fact>
        <Fact name="Expected result">{expectedR === null ? '–' : `${signed(expectedR)} R`}</Fact>
        <Fact name="Costs a side">
          {costs.feePctPerSide} % + {costs.slippageBpsPerSide} bps
        </Fact>
      </dl>
      {positionSize && (
        <>
          <h3>Position size</h3>
          <dl className="facts">
            <Fact name="Amount">
              <PriceText value={positionSize.quoteAmount} /> USD
            </Fact>
            <Fact name="Units">
              <PriceText value={positionSize.units} />
            </Fact>
            <Fact name="Worst-case loss">
              <PriceText value={positionSize.worstCaseLossQuote} /> USD
            </Fact>
            <Fact name="Risk allowed">{positionSize.riskPct} % of the portfolio</Fact>
            <Fact name="Limited by">{positionSize.limitedBy}</Fact>
          </dl>
        </>
      )}
    </section>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd className="num">{children}</dd>
  </div>
)
