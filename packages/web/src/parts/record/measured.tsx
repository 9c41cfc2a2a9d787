import type { Rate } from '@pumpiq/domain'
import { figure } from '../../words/show.ts'
import { recordTexts as text } from '../../words/texts/record.ts'
import { Fact } from '../kit/fact.tsx'

export type Measured = Pick<Rate, 'value' | 'low' | 'high' | 'note'>

type Props = {
  of: string
  /** Where the value stands in that answer, and where its interval. */
  at: { readonly value: string; readonly low: string; readonly high: string; readonly note: string }
  measured: Measured
  show: (value: number) => string
  unit: string
}

/** Where the parts of a rate stand. */
export const rateAt = (at: string): Props['at'] => ({
  value: `${at}.value`,
  low: `${at}.low`,
  high: `${at}.high`,
  note: `${at}.note`,
})

/** A figure in a table with its interval below; nothing is told of too few. */
export function MeasuredFact(props: Props) {
  const { of, at, measured, show, unit } = props
  if (measured.value === null) return <span className="text-xs text-ink-3">{text.fewShort}</span>
  return (
    <span className="num whitespace-nowrap">
      <Fact of={of} at={at.value} className="font-medium">
        {show(measured.value)} {unit}
      </Fact>
      <span className="block text-xs text-ink-3">
        <Interval {...props} />
      </span>
    </span>
  )
}

/** "40 to 52 %", or why there is none. */
export function Interval({ of, at, measured: { low, high, note }, show, unit }: Props) {
  if (low === null || high === null)
    return note === null ? (
      text.noInterval
    ) : (
      <Fact of={of} at={at.note}>
        {note}
      </Fact>
    )
  return (
    <>
      <Fact of={of} at={at.low}>
        {show(low)}
        {unit.startsWith('%') && <span className="sr-only"> %</span>}
      </Fact>{' '}
      {text.to}{' '}
      <Fact of={of} at={at.high}>
        {show(high)} {unit}
      </Fact>
    </>
  )
}

export const Count = ({ of, at, n }: { of: string; at: string; n: number }) => (
  <Fact of={of} at={at} className="num">
    {figure(n)}
  </Fact>
)

export const shareShown = (ratio: number): string => figure(ratio * 100, 1)
export const wholeShare = (ratio: number): string => figure(ratio * 100)
