import type { ReactNode } from 'react'
import { LEAST_N, type Rate } from '@pumpiq/domain'

type Measured = Pick<Rate, 'value' | 'low' | 'high' | 'n' | 'effectiveN' | 'note'>
type Props = {
  id: string
  title: string
  measured: Measured
  show: (value: number) => string
  unit: string
  children: ReactNode
}

/** A figure with its interval and how much it rests on; where the record is too thin there is no figure, and it says so. */
export function MeasuredTile({ id, title, measured, show, unit, children }: Props) {
  const { value, low, n, effectiveN } = measured
  return (
    <section className="card tile" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {value === null ? (
        <p className="few">Too few to say</p>
      ) : (
        <p>
          <span className="big num">
            {show(value)} {unit}
          </span>{' '}
          <span className="num nowrap">{intervalOf(measured, show, unit)}</span>{' '}
          {low !== null && <span className="faint small nowrap">95 % interval</span>}
        </p>
      )}
      <p className="faint small num">
        {n.toLocaleString('en')} ended, worth {Math.floor(effectiveN).toLocaleString('en')} independent ones
        {value === null && `; ${LEAST_N} are needed`}
      </p>
      <p className="explain">{children}</p>
    </section>
  )
}

/** "40 to 52 %", or why there is none. */
export function intervalOf({ low, high, note }: Measured, show: (value: number) => string, unit: string): string {
  return low === null || high === null ? (note ?? 'no interval') : `${show(low)} to ${show(high)} ${unit}`
}
