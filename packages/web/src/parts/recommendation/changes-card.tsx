import type { ReactNode } from 'react'
import type { Explanation, Recommendation } from '@pumpiq/domain'
import { Link, recommendationPath } from '../../paths.tsx'
import { figure, instant, signed } from '../../words/show.ts'
import { callTexts as text } from '../../words/texts/recommendation.ts'
import { Card } from '../kit/card.tsx'
import { Fact } from '../kit/fact.tsx'
import { Clamps } from './clamps.tsx'
import { Of, Plain, PriceFact, TextFact } from './rows.tsx'

type Props = { call: Recommendation; told: Explanation | null }

/** What would change it, what speaks against it, what was held back, and what has moved since the call before. */
export function ChangesCard({ call, told }: Props) {
  return (
    <Card title={text.change}>
      <div className="grid gap-4 text-sm">
        {told && call.abstained === null && <Thresholds told={told.call} />}
        <WouldVoid call={call} />
        <Texts at="wouldChange" items={call.wouldChange ?? []} />
        <Part title={text.against} empty={call.conflicts.length === 0 && text.nothingAgainst}>
          <Texts at="conflicts" items={call.conflicts} />
        </Part>
        <Part title={text.heldBack} empty={(call.clamps ?? []).length === 0 && text.nothingHeld}>
          <Clamps of="recommendation" at="clamps" clamps={call.clamps ?? []} />
        </Part>
        <Since call={call} />
      </div>
    </Card>
  )
}

const Part = ({ title, empty, children }: { title: string; empty: ReactNode; children: ReactNode }) => (
  <section className="grid gap-1.5">
    <h3>{title}</h3>
    {empty ? <p className="text-ink-3">{empty}</p> : children}
  </section>
)

const Texts = ({ at, items }: { at: string; items: readonly string[] }) =>
  items.length > 0 && (
    <ul className="grid list-disc gap-1.5 pl-4 marker:text-ink-3">
      {items.map((item, i) => (
        <li key={item}>
          <TextFact of="recommendation" at={`${at}.${i}`} text={item} />
        </li>
      ))}
    </ul>
  )

function WouldVoid({ call: { invalidation } }: { call: Recommendation }) {
  if (invalidation.length === 0) return null
  return (
    <ul className="grid gap-1">
      {invalidation.map(({ when, price, why }, i) => (
        <li key={`${when} ${price}`}>
          {text.voidIf} {when === 'close_below' ? text.belowWord : text.aboveWord}{' '}
          <PriceFact of="recommendation" at={`invalidation.${i}.price`} value={price} />
          {why !== undefined && (
            <>
              {' ('}
              <Of at={`invalidation.${i}.why`}>{why}</Of>)
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Where the score stands between the two thresholds, and how far it is from changing the type. */
function Thresholds({ told }: { told: Explanation['call'] }) {
  const { score, unboundedScore, buyAt, sellAt, leaning } = told
  const reach = Math.max(Math.abs(score), Math.abs(unboundedScore), buyAt, -sellAt) * 1.25
  const x = (value: number) => 50 + (50 * value) / reach
  const fact = (at: string, shown: string) => (
    <Fact of="explanation" at={`call.${at}`}>
      {shown}
    </Fact>
  )
  return (
    <section className="grid gap-1.5">
      <h3>{text.thresholds}</h3>
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" className="block h-4 w-full">
        <rect className="fill-sell-soft" x="0" y="3" width={x(sellAt)} height="4" />
        <rect className="fill-line" x={x(sellAt)} y="3" width={x(buyAt) - x(sellAt)} height="4" />
        <rect className="fill-buy-soft" x={x(buyAt)} y="3" width={100 - x(buyAt)} height="4" />
        <rect className="fill-sell" x={x(sellAt) - 0.2} y="1" width="0.4" height="8" />
        <rect className="fill-buy" x={x(buyAt) - 0.2} y="1" width="0.4" height="8" />
        <rect className="fill-ink" x={x(score) - 0.5} y="0" width="1" height="10" />
      </svg>
      <p className="num flex justify-between gap-3 text-xs text-ink-2">
        <span>
          {text.sellAt} {fact('sellAt', signed(sellAt, 3))}
        </span>
        <b className="text-ink">
          {text.scoreIs} {fact('score', signed(score, 3))}
        </b>
        <span>
          {text.buyAt} {fact('buyAt', signed(buyAt, 3))}
        </span>
      </p>
      <p className="text-ink-2">
        <Plain>{distanceOf({ score, buyAt, sellAt, leaning })}.</Plain>
        {unboundedScore !== score && (
          <>
            {' '}
            {text.bounded} {fact('unboundedScore', signed(unboundedScore, 3))}: {text.boundedWhy}.
          </>
        )}
      </p>
    </section>
  )
}

/** By how much the score would have to move for another type. */
function distanceOf({
  score,
  buyAt,
  sellAt,
  leaning,
}: Pick<Explanation['call'], 'score' | 'buyAt' | 'sellAt' | 'leaning'>) {
  if (leaning === 'HOLD') {
    const isUp = buyAt - score <= score - sellAt
    return text.needs(figure(isUp ? buyAt - score : score - sellAt, 3), isUp ? 'BUY' : 'SELL')
  }
  return text.stands(figure(leaning === 'BUY' ? score - buyAt : sellAt - score, 3), leaning)
}

function Since({ call: { previous, changed } }: { call: Recommendation }) {
  return (
    <Part title={text.since} empty={previous === null && changed.length === 0 && text.first}>
      {previous && (
        <p>
          <Link to={recommendationPath(previous.id)} className="text-accent underline">
            <Plain>
              {text.previous(previous.type)}, {instant(previous.issuedAt)}
            </Plain>
          </Link>
          {changed.length === 0 && `. ${text.unchanged}`}
        </p>
      )}
      <Texts at="changed" items={changed} />
    </Part>
  )
}
