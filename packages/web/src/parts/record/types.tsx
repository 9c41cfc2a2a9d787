import { clsx } from 'clsx'
import type { PerformanceSummary } from '@pumpiq/api'
import { signed } from '../../words/show.ts'
import { recordTexts as text } from '../../words/texts/record.ts'
import { Card } from '../kit/card.tsx'
import { Table, Td, Th } from '../kit/table.tsx'
import { Count, MeasuredFact, rateAt, wholeShare, type Measured } from './measured.tsx'

/** Each type by its own measure: they are never blended into one rate. */
export function TypesCard({ summary: { buy, sell, hold, avoid } }: { summary: PerformanceSummary }) {
  return (
    <Card title={text.types}>
      <Table caption={text.types}>
        <thead>
          <tr>
            <Th>{text.call}</Th>
            <Th right>{text.calls}</Th>
            <Th right className="max-sm:hidden">
              {text.filled}
            </Th>
            <Th right>{text.endedAt}</Th>
            <Th>{text.rightHead}</Th>
            <Th>{text.mean}</Th>
          </tr>
        </thead>
        <tbody>
          <Row name="BUY" at="buy" {...buy} right={['buy.hit', buy.hit]} mean={['buy.r', buy.r]} />
          <Row name="SELL" at="sell" {...sell} right={['sell.hit', sell.hit]} mean={['sell.r', sell.r]} />
          <Row name="HOLD" at="hold" {...hold} right={['hold.right', hold.right]} />
          <Row
            name="AVOID"
            at="avoid"
            {...avoid}
            right={['avoid.right', avoid.right]}
            mean={['avoid.marketReturnPct', avoid.marketReturnPct]}
            unit={text.market}
          />
        </tbody>
      </Table>
    </Card>
  )
}

type RowProps = {
  name: 'BUY' | 'SELL' | 'HOLD' | 'AVOID'
  at: string
  calls: number
  filled?: number
  decided: number
  right: readonly [at: string, rate: Measured]
  mean?: readonly [at: string, rate: Measured]
  unit?: string
}

function Row({ name, at, calls, filled, decided, right, mean, unit = 'R' }: RowProps) {
  return (
    <tr className={clsx(calls === 0 && 'text-ink-3')}>
      <th scope="row" className="min-w-28 border-b border-line px-2 py-2 text-left align-top">
        {name}
        <span data-plain className="block text-xs font-normal text-ink-3">
          {text.right(text.rightIf[name])}
        </span>
      </th>
      <Td right>
        <Count of="summary" at={`${at}.calls`} n={calls} />
      </Td>
      <Td right className="max-sm:hidden">
        {filled === undefined ? '–' : <Count of="summary" at={`${at}.filled`} n={filled} />}
      </Td>
      <Td right>
        <Count of="summary" at={`${at}.decided`} n={decided} />
      </Td>
      <Td>
        <MeasuredFact of="summary" at={rateAt(right[0])} measured={right[1]} show={wholeShare} unit="%" />
      </Td>
      <Td>
        {mean ? <MeasuredFact of="summary" at={rateAt(mean[0])} measured={mean[1]} show={signed} unit={unit} /> : '–'}
      </Td>
    </tr>
  )
}
