import { Fragment } from 'react'
import type { RecommendationInputs } from '@pumpiq/api'
import { signed } from '../words/show.ts'
import { Bar } from './factor-bars.tsx'

type Readings = RecommendationInputs['readings']

/** Each reading with its value, what it leans to, and the observations it was read from. */
export function ReadingsTable({ readings }: { readings: Readings }) {
  if (readings.length === 0) return <p className="faint">No signal had enough evidence to speak.</p>
  const common = commonCites(readings)
  return (
    <table className="figures readings">
      <caption>
        Readings {common !== null && <span className="faint small caption-note">all from {common}</span>}
      </caption>
      <thead>
        <tr>
          <th scope="col">Reading</th>
          <th scope="col" className="right">
            Value
          </th>
          <th scope="col" colSpan={2}>
            Leans
          </th>
        </tr>
      </thead>
      <tbody>
        {readings.map(({ id, label, value, unit, lean, cites }) => (
          <tr key={id} id={`reading-${id}`}>
            <th scope="row">
              {label}
              <span className="faint small block">
                <code>{id}</code>
                {common === null && ` from ${cites.join(', ')}`}
              </span>
            </th>
            <td className="right num">
              {figure(value)}
              <span className="faint small block">{unit}</span>
            </td>
            <td className="factor-bar">
              <Bar value={lean} />
            </td>
            <td className="right num">{signed(lean)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The observations, when all readings were read from the same. */
function commonCites(readings: Readings): string | null {
  const said = new Set(readings.map(({ cites }) => cites.join(', ')))
  return said.size === 1 ? [...said][0]! : null
}

/** Four significant digits, never an exponent. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = value === 0 ? 0 : Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value)))))
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace('-', '−')
}

/** Plain text; what stands in brackets as a reading's id becomes a link to that reading. */
export function Reasoning({ text }: { text: string }) {
  return (
    <p className="reasoning">
      {partsOf(text).map(({ at, part, isReference }) =>
        isReference ? (
          <References key={at} ids={part.slice(1, -1).split(', ')} />
        ) : (
          <Fragment key={at}>{part}</Fragment>
        ),
      )}
    </p>
  )
}

/** Text and references in turn, each with where it begins. */
function partsOf(text: string): { at: number; part: string; isReference: boolean }[] {
  let at = 0
  return text.split(/(\[[a-z]+\.[\w.-]+(?:, [a-z]+\.[\w.-]+)*\])/i).map((part, i) => {
    const begins = at
    at += part.length
    return { at: begins, part, isReference: i % 2 === 1 }
  })
}

const References = ({ ids }: { ids: readonly string[] }) => (
  <span className="references">
    {ids.map((id, i) => (
      <Fragment key={id}>
        {i > 0 && ' '}
        <a href={`#reading-${id}`}>{id}</a>
      </Fragment>
    ))}
  </span>
)
