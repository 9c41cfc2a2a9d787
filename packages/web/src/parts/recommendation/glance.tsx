import type { ReactNode } from 'react'
import type { Recommendation } from '@pumpiq/domain'
import { distance, figure, percent, signed, words } from '../../words/show.ts'
import { callTexts as text } from '../../words/texts/recommendation.ts'
import { chanceOf, MeterBar, methods } from '../confidence-meter.tsx'
import { Of, Plain, PriceFact } from './rows.tsx'

/** What it pays, what it risks, how likely, how well known: side by side, before anything else. */
export function Glance({ call }: { call: Recommendation }) {
  const { confidence, entry, band } = call
  return (
    <dl
      aria-label={text.atAGlance}
      className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-card shadow-card sm:grid-cols-3 xl:grid-flow-col xl:auto-cols-fr xl:grid-cols-none"
    >
      {confidence && <ChanceTile call={call} confidence={confidence} />}
      {entry && <TradeTiles call={call} />}
      {band && (
        <Tile name={text.band}>
          <Big>
            <span className="text-lg">
              <PriceFact of="recommendation" at="band.low" value={band.low} /> –{' '}
              <PriceFact of="recommendation" at="band.high" value={band.high} />
            </span>
          </Big>
        </Tile>
      )}
      <Tile name={text.rating}>
        <Big>
          <span className={ratings[call.riskRating]}>{words(call.riskRating)}</span>
        </Big>
        <Hint>
          {call.riskReasons.map((reason, i) => (
            <span key={reason} className="block">
              <Of at={`riskReasons.${i}`}>{reason}</Of>
            </span>
          ))}
        </Hint>
      </Tile>
      <Tile name={text.known}>
        <Big>
          <Of at="completeness">{percent(call.completeness)}</Of>
        </Big>
        <Hint>{text.knownHint}</Hint>
        <Share ratio={call.completeness} />
      </Tile>
    </dl>
  )
}

const ratings = { LOW: 'text-ink', MEDIUM: 'text-ink', HIGH: 'text-avoid', VERY_HIGH: 'text-sell' } as const

type Chance = { call: Recommendation; confidence: NonNullable<Recommendation['confidence']> }

function ChanceTile({ call, confidence: { value, low, high, n, method } }: Chance) {
  // An interval narrower than a percent would read as none.
  const decimals = high - low < 0.02 ? 1 : 0
  return (
    <Tile name={chanceOf(call.type)} wide>
      <div className="flex flex-wrap items-baseline gap-x-2">
        <Big>
          <Of at="confidence.value">{percent(value)}</Of>
        </Big>
        <span className="num text-xs text-ink-2">
          <Of at="confidence.low">{percent(low, decimals)}</Of> –{' '}
          <Of at="confidence.high">{percent(high, decimals)}</Of>
        </span>
      </div>
      <MeterBar call={call} />
      <Hint>
        {methods[method]}, n <Of at="confidence.n">{figure(n)}</Of>
        {call.breakEven !== null && (
          <>
            {' · '}
            <span className="whitespace-nowrap">
              {text.evenAt} <Of at="breakEven">{percent(call.breakEven, 1)}</Of>
            </span>
          </>
        )}
      </Hint>
    </Tile>
  )
}

function TradeTiles({ call }: { call: Recommendation }) {
  const { expectedR, riskReward, stopLoss, price, positionSize } = call
  return (
    <>
      <Tile name={text.expected}>
        <Big>
          {expectedR === null ? (
            text.nothing
          ) : (
            <span className={expectedR < 0 ? 'text-sell' : 'text-buy'}>
              <Of at="expectedR">{signed(expectedR)} R</Of>
            </span>
          )}
        </Big>
        <Hint>{text.expectedHint}</Hint>
      </Tile>
      <Tile name={text.pays}>
        <Big>{riskReward === null ? text.nothing : <Of at="riskReward">{figure(riskReward, 2)} R</Of>}</Big>
        <Hint>{text.paysHint}</Hint>
      </Tile>
      <Tile name={text.risks}>
        <Big>
          <Plain>{stopLoss && price ? distance(price.value, stopLoss) : text.nothing}</Plain>
        </Big>
        <Hint>
          {text.risksHint}
          {positionSize && (
            <span className="block">
              <PriceFact
                of="recommendation"
                at="positionSize.worstCaseLossQuote"
                value={positionSize.worstCaseLossQuote}
              />{' '}
              USD {text.risksSize}
            </span>
          )}
        </Hint>
      </Tile>
    </>
  )
}

const Tile = ({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) => (
  <div
    className={`grid min-w-0 content-start gap-1 p-3 outline-1 outline-line sm:p-4 ${wide ? 'col-span-2 sm:col-span-1' : ''}`}
  >
    <dt className="text-xs font-medium text-ink-2" data-plain>
      {name}
    </dt>
    <dd className="grid min-w-0 gap-1">{children}</dd>
  </div>
)

const Big = ({ children }: { children: ReactNode }) => (
  <span className="num text-2xl leading-8 font-semibold tracking-tight">{children}</span>
)

const Hint = ({ children }: { children: ReactNode }) => (
  <span className="num text-xs leading-4 text-pretty text-ink-3">{children}</span>
)

const Share = ({ ratio }: { ratio: number }) => (
  <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" className="mt-1 block h-1 w-full">
    <rect className="fill-line" width="100" height="4" rx="2" />
    <rect className="fill-accent" width={ratio * 100} height="4" rx="2" />
  </svg>
)
