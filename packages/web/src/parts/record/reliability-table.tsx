import { figure, percent } from '../../words/show.ts'
import { recordTexts as text } from '../../words/texts/record.ts'
import { Fact } from '../kit/fact.tsx'
import { Table, Td, Th } from '../kit/table.tsx'
import { MeasuredFact, shareShown } from './measured.tsx'
import type { Bins } from './reliability-plot.tsx'

/** The same as the picture, in figures; groups without a forecast are left out. */
export function ReliabilityTable({ bins, at }: { bins: Bins; at: string }) {
  return (
    <Table caption={text.reliability}>
      <thead>
        <tr>
          <Th>{text.range}</Th>
          <Th right>{text.calls}</Th>
          <Th right>{text.said}</Th>
          <Th>{text.happened}</Th>
        </tr>
      </thead>
      <tbody>{bins.map((bin, k) => bin.n > 0 && <BinRow key={bin.from} bin={bin} at={`${at}.bins.${k}`} />)}</tbody>
    </Table>
  )
}

function BinRow({ bin: { from, to, n, meanForecast, observed, low, high }, at }: { bin: Bins[number]; at: string }) {
  const fact = (path: string, shown: string) => (
    <Fact of="calibration" at={`${at}.${path}`}>
      {shown}
    </Fact>
  )
  const places = { value: `${at}.observed`, low: `${at}.low`, high: `${at}.high`, note: '' }
  return (
    <tr>
      <th scope="row" className="num border-b border-line px-2 py-1.5 text-left text-sm font-normal whitespace-nowrap">
        {fact('from', percent(from))} {text.to} {fact('to', percent(to))}
      </th>
      <Td right>{fact('n', figure(n))}</Td>
      <Td right className="whitespace-nowrap">
        {meanForecast === null ? '–' : fact('meanForecast', percent(meanForecast, 1))}
      </Td>
      <Td>
        <MeasuredFact
          of="calibration"
          at={places}
          measured={{ value: observed, low, high, note: null }}
          show={shareShown}
          unit="%"
        />
      </Td>
    </tr>
  )
}
