import type { RecommendationSummary } from '@pumpiq/api'
import { useNow } from '../data/now.ts'
import { percent, relative, span, words } from '../words/show.ts'
import { CallBadge, EdgeNote, toneOf } from './call-badge.tsx'
import { ConfidenceMeter } from './confidence-meter.tsx'
import { EndingBadge } from './ending-badge.tsx'
import { PriceRange, PriceText } from './price-text.tsx'
import { TokenCell } from './token-cell.tsx'

export const None = () => <span className="faint">–</span>

/** A row a call; on a narrow screen a card a call, with the column's name before each value. */
export function CallsTable({ calls }: { calls: readonly RecommendationSummary[] }) {
  return (
    <div className="card table-card">
      <table className="calls">
        <thead>
          <tr>
            <th scope="col">Token</th>
            <th scope="col">Call</th>
            <th scope="col" className="right">
              Price
            </th>
            <th scope="col">Chance</th>
            <th scope="col" className="right">
              Entry
            </th>
            <th scope="col" className="right">
              Stop
            </th>
            <th scope="col" className="right">
              Targets
            </th>
            <th scope="col" className="right">
              R net
            </th>
            <th scope="col">Risk</th>
            <th scope="col">Evidence</th>
            <th scope="col">Issued</th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <CallRow key={call.id} call={call} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function CallRow({ call }: { call: RecommendationSummary }) {
  const { entry, band, stopLoss, targets, riskReward, riskRating, completeness, abstained } = call
  return (
    <tr className={`row-${toneOf(call)}`}>
      <TokenCell call={call} />
      <td className="cell-call">
        <CallBadge call={call} />
        {call.outcome ? <EndingBadge type={call.type} outcome={call.outcome} /> : <EdgeNote call={call} />}
        {abstained !== null && <span className="edge">{abstained}</span>}
      </td>
      <td data-name="Price" className="right">
        <PriceCell price={call.price} issuedAt={call.issuedAt} />
      </td>
      <td data-name="Chance" className="cell-meter">
        <ConfidenceMeter call={call} />
      </td>
      <td data-name={band ? 'Band' : 'Entry'} className="right">
        {entry && <PriceRange {...entry} />}
        {band && (
          <>
            <PriceRange {...band} />
            <span className="faint small block">stays inside</span>
          </>
        )}
        {!entry && !band && <None />}
      </td>
      <td data-name="Stop" className="right">
        {stopLoss ? <PriceText value={stopLoss} /> : <None />}
      </td>
      <td data-name="Targets" className="right">
        {targets.length > 0 ? <TargetList targets={targets} /> : <None />}
      </td>
      <td data-name="R net" className="right num">
        {riskReward === null ? <None /> : riskReward.toFixed(2)}
      </td>
      <td data-name="Risk">
        <span className={`risk risk-${riskRating.toLowerCase()}`}>{words(riskRating)}</span>
      </td>
      <td data-name="Evidence">
        <Completeness ratio={completeness} />
      </td>
      <td data-name="Issued" className="small">
        <Issued call={call} />
      </td>
    </tr>
  )
}

function PriceCell({ price, issuedAt }: Pick<RecommendationSummary, 'price' | 'issuedAt'>) {
  const now = useNow()
  if (!price) return <None />
  return (
    <>
      <PriceText value={price.value} />
      <span className="faint small block nowrap" title={price.source}>
        {sourcesOf(price.source)}, {span(now - Date.parse(issuedAt) + price.ageMs)} old
      </span>
    </>
  )
}

const sourcesOf = (source: string): string => {
  const count = source.split('+').length
  return count === 1 ? source : `${count} venues`
}

const TargetList = ({ targets }: Pick<RecommendationSummary, 'targets'>) => (
  <ol className="targets">
    {targets.map(({ price }) => (
      <li key={price}>
        <PriceText value={price} />
      </li>
    ))}
  </ol>
)

/** How much of the asked weight could be known. */
export function Completeness({ ratio }: { ratio: number }) {
  return (
    <span className="complete nowrap">
      <svg viewBox="0 0 40 6" aria-hidden="true">
        <rect className="meter-track" width="40" height="6" rx="3" />
        <rect className="complete-bar" width={Math.max(0, ratio) * 40} height="6" rx="3" />
      </svg>
      <span className="num small">{percent(ratio)}</span>
    </span>
  )
}

/** A call that was decided early has ended then, not at its horizon. */
function Issued({ call: { issuedAt, expiresAt, outcome, abstained } }: { call: RecommendationSummary }) {
  const now = useNow()
  const endsAt = outcome?.at ?? expiresAt
  const ends = Date.parse(endsAt)
  const over = outcome || abstained !== null ? 'ended' : 'horizon over'
  return (
    <span className="num nowrap">
      <time dateTime={issuedAt} title={issuedAt}>
        {relative(Date.parse(issuedAt), now)}
      </time>
      <time dateTime={endsAt} title={endsAt} className="faint block">
        {ends > now ? `ends ${relative(ends, now)}` : `${over} ${relative(ends, now)}`}
      </time>
    </span>
  )
}
