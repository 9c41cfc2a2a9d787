import { showPrice, toNumber, type Recommendation } from '@pumpiq/domain'
import { distance, percent, signed } from '../words/show.ts'
import { levelsOf, type Level } from '../words/ladder.ts'

/** The same levels as exact figures: how far from the price, what share closes there, how many times the risk. */
export function LevelsTable({ call }: { call: Recommendation }) {
  const levels = levelsOf(call)
  if (levels.length < 2) return <p className="faint">No levels: this call asks for no trade and follows no band.</p>
  const trade = call.entry !== null && call.stopLoss !== null
  return (
    <table className="figures levels-table">
      <thead>
        <tr>
          <th scope="col">Level</th>
          <th scope="col" className="right">
            Price
          </th>
          <th scope="col" className="right">
            From price
          </th>
          {trade && (
            <>
              <th scope="col" className="right">
                Closes
              </th>
              <th scope="col" className="right">
                R, gross
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {levels.map((level) => (
          <tr key={level.id} className={`level-row level-row-${level.tone}`}>
            <th scope="row">{level.label}</th>
            <td className="right num" title={level.price}>
              {showPrice(level.price)}
            </td>
            <td className="right num">
              {call.price && level.tone !== 'price' ? distance(call.price.value, level.price) : ''}
            </td>
            {trade && (
              <>
                <td className="right num">{shareOf(call, level)}</td>
                <td className="right num">{multipleOf(call, level)}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function shareOf({ targets }: Recommendation, { id }: Level): string {
  const target = targets.find((_, i) => id === `target-${i + 1}`)
  return target ? percent(target.share) : id === 'stop' ? 'all' : ''
}

/** Gross, from the middle of the entry zone: what a person sees in the picture. Net of costs is said beside it. */
function multipleOf({ entry, stopLoss }: Recommendation, { id, price }: Level): string {
  if (!entry || !stopLoss || (!id.startsWith('target') && id !== 'stop')) return ''
  const middle = (toNumber(entry.low) + toNumber(entry.high)) / 2
  return `${signed((toNumber(price) - middle) / (middle - toNumber(stopLoss)), 2)} R`
}
