import type { Performance, Rate } from '@pumpiq/domain'
import { percent, signed } from '../words/show.ts'
import { intervalOf } from './measured-tile.tsx'

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
          <th scope="col" className="right">
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
        <Row name="BUY" {...buy} means="target 1 before stop" right={buy.hit} mean={buy.r} show={inR} />
        <Row name="SELL" {...sell} means="target 1 before stop" right={sell.hit} mean={sell.r} show={inR} />
        <Row name="HOLD" {...hold} means="stayed inside its band" right={hold.right} />
        <Row
          name="AVOID"
          {...avoid}
          means="the market fell"
          right={avoid.right}
          mean={avoid.marketReturnPct}
          show={inPct}
        />
      </tbody>
    </table>
  )
}

const inR = (value: number): string => `${signed(value)} R`
const inPct = (value: number): string => `${signed(value)} % of the market`

type RowProps = {
  name: string
  calls: number
  filled?: number
  decided: number
  means: string
  right: Rate
  mean?: Rate
  show?: (value: number) => string
}

function Row({ name, calls, filled, decided, means, right, mean, show = inR }: RowProps) {
  return (
    <tr className={calls === 0 ? 'zero' : ''}>
      <th scope="row">
        {name}
        <span className="faint small block">right: {means}</span>
      </th>
      <td className="right num">{calls.toLocaleString('en')}</td>
      <td className="right num">{filled === undefined ? '–' : filled.toLocaleString('en')}</td>
      <td className="right num">{decided.toLocaleString('en')}</td>
      <td>
        <Measured rate={right} show={(value) => percent(value)} />
      </td>
      <td>{mean ? <Measured rate={mean} show={show} /> : '–'}</td>
    </tr>
  )
}

function Measured({ rate, show }: { rate: Rate; show: (value: number) => string }) {
  if (rate.value === null) return <span className="faint">too few</span>
  return (
    <span className="num">
      {show(rate.value)}
      <span className="faint small block">{intervalOf(rate, show)}</span>
    </span>
  )
}
