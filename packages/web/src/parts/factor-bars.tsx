import { kinds as kindNames, type Factor, type Recommendation } from '@pumpiq/domain'
import { percent, signed, words } from '../words/show.ts'
import { Completeness } from './calls-table.tsx'

/** Additive: the bars of the factors, laid end to end, are the score. */
export function FactorBars({ factors, score }: { factors: readonly Factor[]; score: number }) {
  if (factors.length === 0) return null
  const largest = Math.max(Math.abs(score), ...factors.map(({ contribution }) => Math.abs(contribution)), 1e-9)
  return (
    <table className="factors">
      <caption>Factors add up to the score</caption>
      <tbody>
        {factors.map(({ factor, contribution, evidence }) => (
          <tr key={factor}>
            <th scope="row">
              <a href={`#reading-${evidence[0] ?? ''}`}>{factor}</a>
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

type KindsProps = Pick<Recommendation, 'kinds' | 'completeness'>

/** Weight asked against weight that could be given: a kind without evidence adds nothing. */
export function KindsTable({ kinds, completeness }: KindsProps) {
  return (
    <table className="figures">
      <caption>
        Kinds of evidence <Completeness ratio={completeness} />
      </caption>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col" className="right">
            Asked
          </th>
          <th scope="col" className="right">
            Given
          </th>
          <th scope="col" className="right">
            Quality
          </th>
          <th scope="col" className="right">
            Score
          </th>
        </tr>
      </thead>
      <tbody>
        {kindNames.map((name) => {
          const { used, weightAsked, weightEffective, quality, score } = kinds[name]
          return (
            <tr key={name} className={used ? '' : 'unused'}>
              <th scope="row">{words(name)}</th>
              <td className="right num">{weightAsked}</td>
              <td className="right num">{used ? weightEffective.toFixed(1) : 'none'}</td>
              <td className="right num">{used ? percent(quality) : '–'}</td>
              <td className="right num">{score === null ? '–' : signed(score)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
