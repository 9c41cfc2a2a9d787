import type { Factor } from '@pumpiq/domain'
import { signed } from '../words/show.ts'
import { CitedText } from './cited-text.tsx'

/** Additive: the bars of the factors, laid end to end, are the score. */
export function FactorBars({ factors, score }: { factors: readonly Factor[]; score: number }) {
  if (factors.length === 0) return null
  const largest = Math.max(Math.abs(score), ...factors.map(({ contribution }) => Math.abs(contribution)), 1e-9)
  return (
    <table className="factors">
      <caption>Factors add up to the score</caption>
      <tbody>
        {factors.map(({ factor, contribution, evidence, why }) => (
          <tr key={factor}>
            <th scope="row">
              {evidence[0] === undefined ? factor : <a href={`#reading-${evidence[0]}`}>{factor}</a>}
              {why !== undefined && (
                <span className="faint small block">
                  <CitedText text={why} />
                </span>
              )}
            </th>
            <td className="factor-bar">
              <Bar value={contribution / largest} />
            </td>
            <td className="right num">{signed(contribution, 3)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Score</th>
          <td className="factor-bar">
            <Bar value={score / largest} />
          </td>
          <td className="right num">{signed(score, 3)}</td>
        </tr>
      </tfoot>
    </table>
  )
}

/** From the middle: right is up, left is down. `value` in [-1, 1]. */
export function Bar({ value }: { value: number }) {
  const width = Math.min(1, Math.abs(value)) * 50
  return (
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="bar-middle" x="49.7" width="0.6" height="10" />
      <rect
        className={value < 0 ? 'bar-down' : 'bar-up'}
        x={value < 0 ? 50 - width : 50}
        y="1.5"
        width={width}
        height="7"
      />
    </svg>
  )
}
