import { useId, type ReactNode } from 'react'
import { LEAST_N, type Rate } from '@pumpiq/domain'
import { figure } from '../../words/show.ts'
import { recordTexts as text } from '../../words/texts/record.ts'
import { Fact } from '../kit/fact.tsx'
import { Interval, rateAt, type Measured } from './measured.tsx'

type RateTileProps = {
  title: string
  at: string
  rate: Measured & Pick<Rate, 'n' | 'effectiveN'>
  show: (value: number) => string
  unit: string
  children?: ReactNode
}

/** A ground for one figure: what it is, the figure large, what it rests on. */
export function Tile({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="flex min-w-0 flex-col rounded-xl border border-line bg-card p-4 shadow-card"
    >
      <h2 id={id} data-plain className="text-xs font-semibold text-ink-2">
        {title}
      </h2>
      {children}
    </section>
  )
}

export const Large = ({ children }: { children: ReactNode }) => (
  <p className="num mt-1 text-[1.75rem] leading-tight font-semibold tracking-tight">{children}</p>
)

/** A figure with its interval and how much it rests on; where the record is too thin there is no figure, and it says so. */
export function RateTile({ title, at, rate, show, unit, children }: RateTileProps) {
  const { value, n, effectiveN } = rate
  return (
    <Tile title={title}>
      {value === null ? (
        <p className="mt-1 text-xl leading-9 font-semibold text-ink-2">{text.few}</p>
      ) : (
        <>
          <Large>
            <Fact of="summary" at={`${at}.value`}>
              {show(value)} {unit}
            </Fact>
          </Large>
          <p className="num text-sm">
            <Interval of="summary" at={rateAt(at)} measured={rate} show={show} unit={unit} />{' '}
            <span data-plain className="text-xs text-ink-3">
              {text.interval}
            </span>
          </p>
        </>
      )}
      <p className="num mt-1 text-xs text-ink-3">
        <Fact of="summary" at={`${at}.n`}>
          {figure(n)}
        </Fact>{' '}
        {text.ended},{' '}
        <Fact of="summary" at={`${at}.effectiveN`}>
          {figure(effectiveN, 0, 1)}
        </Fact>{' '}
        {text.worth}
        {value === null && <span data-plain>; {text.needed(LEAST_N)}</span>}
      </p>
      <p className="mt-auto pt-2 text-xs text-ink-2">{children}</p>
    </Tile>
  )
}
