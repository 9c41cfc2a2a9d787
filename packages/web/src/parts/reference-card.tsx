import type { ReactNode } from 'react'
import type { Explanation } from '@pumpiq/domain'
import { plural, signed } from '../words/show.ts'
import { openedId, ReferenceButton, type Opening } from './cited-text.tsx'
import { Seen } from './seen.tsx'

type Props = { id: string; told: Explanation; opening: Opening; close(): void }

/** What one reference stands for: its value, what it weighs, what it was made of, and who saw that when. */
export function ReferenceCard({ id, told, opening, close }: Props) {
  const reference = told.references.find((one) => one.id === id)
  const reading = told.readings.find((one) => one.id === id)
  const own = told.observations.filter(({ cite }) => cite === id)
  const from = reference?.from ?? reading?.cites ?? []
  const parts = from.filter((each) => told.references.some((one) => one.id === each) || isReading(told, each))
  const seen = told.observations.filter(({ cite }) => from.includes(cite) && !parts.includes(cite))
  const { label, value, unit } = reference ?? reading ?? { label: id, value: null, unit: '' }
  return (
    <div id={openedId} className="opened" role="region" aria-label={`What ${id} stands for`} tabIndex={-1}>
      <button type="button" className="opened-close" onClick={close}>
        Close
      </button>
      <p className="opened-what">
        <b>{label}</b> <code>{id}</code>
      </p>
      {value === null ? <p className="problem">It stands for nothing that was sealed.</p> : null}
      <dl className="facts">
        {value !== null && (
          <Fact name="Value">
            {value} <span className="faint">{unit}</span>
          </Fact>
        )}
        {reading && (
          <>
            <Fact name="Leans">{signed(reading.lean)} of −1 to +1</Fact>
            <Fact name="In the score">{weightOf(reading)}</Fact>
            <Fact name="Rule">{reading.see ?? 'none of this version'}</Fact>
          </>
        )}
      </dl>
      {parts.length > 0 && (
        <p className="references opened-parts">
          Made of{' '}
          {parts.map((part) => (
            <ReferenceButton key={part} id={part} opening={opening} />
          ))}
        </p>
      )}
      {[...own, ...seen].map((one) => (
        <Seen key={one.cite} seen={one} at={Date.parse(told.at)} />
      ))}
      {parts.length + own.length + seen.length === 0 && value !== null && (
        <p className="faint small">A rule of our own: it is read from nothing.</p>
      )}
      {seen.length > 1 && <p className="faint small">{plural(seen.length, 'observation')}, as sealed with the call.</p>}
    </div>
  )
}

const isReading = ({ readings }: Explanation, id: string): boolean => readings.some((one) => one.id === id)

const weightOf = ({ weight, contribution }: Explanation['readings'][number]): string =>
  weight === 0 ? 'informs only' : `${signed(contribution, 3)}, at a weight of ${weight.toFixed(3)}`

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd className="num">{children}</dd>
  </div>
)
