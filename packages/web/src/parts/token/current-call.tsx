import type { ReactNode } from 'react'
import { showPrice } from '@pumpiq/domain'
import type { RecommendationSummary } from '@pumpiq/api'
import { useNow } from '../../data/now.ts'
import { Link, recommendationPath } from '../../paths.tsx'
import { distance, instant, percent, signed, span } from '../../words/show.ts'
import { tokenTexts as text } from '../../words/texts/token.ts'
import { CallBadge, EdgeNote } from '../call-badge.tsx'
import { Card } from '../kit/card.tsx'
import { Skeleton } from '../kit/skeleton.tsx'

type Props = { current: RecommendationSummary | null; hasEarlier: boolean; isLoading: boolean }

/** What the house says of it now, in short; the whole reason is a link away. */
export function CurrentCall({ current, hasEarlier, isLoading }: Props) {
  const now = useNow()
  if (current === null)
    return (
      <Card title={text.call} className="min-h-80">
        {isLoading ? (
          <Skeleton rows={8} />
        ) : (
          <p className="text-sm text-ink-2">{hasEarlier ? text.noneOpen : text.noCall}</p>
        )}
      </Card>
    )
  return (
    <Card title={text.call} hint={text.callHint(span(now - Date.parse(current.issuedAt)))} className="min-h-80">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <CallBadge call={current} large />
        <EdgeNote call={current} />
      </p>
      {!current.actionable.yes && <p className="mt-2 text-xs text-ink-2">{current.actionable.why}</p>}
      <dl className="mt-3">
        <Chances call={current} />
        <Levels call={current} />
        <Row name={text.validUntil}>{instant(current.validUntil)}</Row>
        <Row name={text.endsAt}>{instant(current.expiresAt)}</Row>
      </dl>
      <Link
        to={recommendationPath(current.id)}
        className="mt-3 inline-flex min-h-10 w-full items-center justify-center rounded-lg border border-line-2 px-4 text-sm font-semibold hover:bg-raised"
      >
        {text.wholeReason}
      </Link>
    </Card>
  )
}

function Chances({ call: { score, confidence, breakEven, expectedR } }: { call: RecommendationSummary }) {
  return (
    <>
      <Row name={text.score}>{signed(score)}</Row>
      <Row
        name={text.confidence}
        note={confidence ? text.of(percent(confidence.low), percent(confidence.high), confidence.n) : undefined}
      >
        {confidence ? percent(confidence.value) : text.noConfidence}
      </Row>
      {breakEven !== null && <Row name={text.breakEven}>{percent(breakEven)}</Row>}
      {expectedR !== null && (
        <Row name={text.expected}>
          {signed(expectedR)} {text.perR}
        </Row>
      )}
    </>
  )
}

function Levels({ call: { entry, targets, stopLoss, band, price } }: { call: RecommendationSummary }) {
  const away = (level: typeof stopLoss) => (level && price ? distance(price.value, level) : undefined)
  return (
    <>
      {entry && (
        <Row name={text.entry}>
          {showPrice(entry.low)} – {showPrice(entry.high)}
        </Row>
      )}
      {targets.map((target, i) => (
        <Row key={target.price} name={text.target(i + 1)} note={away(target.price)}>
          {showPrice(target.price)}
        </Row>
      ))}
      {stopLoss !== null && (
        <Row name={text.stop} note={away(stopLoss)}>
          {showPrice(stopLoss)}
        </Row>
      )}
      {band && (
        <Row name={text.band}>
          {showPrice(band.low)} – {showPrice(band.high)}
        </Row>
      )}
    </>
  )
}

const Row = ({ name, note, children }: { name: string; note?: string | undefined; children: ReactNode }) => (
  <div className="flex items-baseline justify-between gap-3 border-b border-line py-1.5 text-sm last:border-0">
    <dt className="text-ink-2">{name}</dt>
    <dd className="num text-right">
      {children}
      {note !== undefined && <span className="ml-2 text-xs text-ink-3">{note}</span>}
    </dd>
  </div>
)
