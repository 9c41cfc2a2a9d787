import type { Performance, Rate } from '@pumpiq/domain'
import { signed } from '../words/show.ts'
import { MeasuredFigure } from './measured-figure.tsx'

type Props = { performance: Pick<Performance, 'byType' | 'buy' | 'sell' | 'hold' | 'avoid'> }

/** Each type by its own measure: they are never blended into one rate. */
export function TypesTable({ performance: { buy, sell, hold, avoid } }: Props) {
  return (
    <table className="figures types">
      <thead>
        <tr>
          <th scope="col">Call</th>
          <th scope="col" className="right">
            Calls
          </th>
          <th scope="col" className="right narrow-none">
            Filled
          </th>
          <th scope="col" className="right">
            Ended
          </th>
          <th scope="col">Right</th>
          <th scope="col">Mean result</th>
        </tr>
      </thead>
      <tbody>
        <Row name="BUY" {...buy} means="target 1 before stop" right={buy.hit} mean={buy.r} />
        <Row name="SELL" {...sell} means="target 1 before stop" right={sell.hit} mean={sell.r} />
        <Row name="HOLD" {...hold} means="stayed inside its band" right={hold.right} />
        <Row
          name="AVOID"
          {...avoid}
          means="the market fell"
          right={avoid.right}
          mean={avoid.marketReturnPct}
          unit="%, market"
        />
      </tbody>
    </table>
  )
}

const wholePercent = (ratio: number): string => (ratio * 100).toFixed(0)

type RowProps = {
  name: string
  calls: number
  filled?: number
  decided: number
  means: string
  right: Rate
  mean?: Rate
  unit?: string
}

function Row({ name, calls, filled, decided, means, right, mean, unit = 'R' }: RowProps) {
  return (
    <tr className={calls === 0 ? 'zero' : ''}>
      <th scope="row">
        {name}
        <span className="faint small block">right: {means}</span>
      </th>
      <td className="right num">{calls.toLocaleString('en')}</td>
      <td className="right num narrow-none">{filled === undefined ? '–' : filled.toLocaleString('en')}</td>
      <td className="right num">{decided.toLocaleString('en')}</td>
      <td>
        <MeasuredFigure rate={right} show={wholePercent} unit="%" />
      </td>
      <td>{mean ? <MeasuredFigure rate={mean} show={signed} unit={unit} /> : '–'}</td>
    </tr>
  )
}
