import { clsx } from 'clsx'
import { useState } from 'react'
import { LEAST_N } from '@pumpiq/domain'
import type { PerformanceEquity } from '@pumpiq/api'
import { useEquity, type Part } from '../../data/performance.ts'
import { figure, instant, signed } from '../../words/show.ts'
import { recordTexts as text } from '../../words/texts/record.ts'
import { Fact } from '../kit/fact.tsx'
import { Note } from '../kit/note.tsx'
import { Panel } from '../kit/panel.tsx'
import { Table, Td, Th } from '../kit/table.tsx'
import { LinesChart, strokeOf } from './lines-chart.tsx'

/** Our calls and every baseline as lines in R, and what each came to. Where it is known that none has ended, no room is held for lines. */
export function EquityPanel({ part, isEmpty }: { part: Part; isEmpty: boolean }) {
  return (
    <Panel title={text.equity} hint={text.equityHint} asked={useEquity(part)} rows={isEmpty ? 1 : 20} empty={noneOf}>
      {(equity) => <Equity key={`${equity.timeframe} ${equity.period}`} equity={equity} />}
    </Panel>
  )
}

const noneOf = ({ points }: PerformanceEquity) => (points.length === 0 ? text.equityNone : null)

function Equity({ equity }: { equity: PerformanceEquity }) {
  const [marked, setMarked] = useState<string | null>(null)
  const [chosen, setAt] = useState(Number.POSITIVE_INFINITY)
  const { points, lines, effectiveN, waiting, unknown, notes } = equity
  const at = Math.min(chosen, points.length - 1)
  const open = text.equityOpen(waiting, unknown)
  return (
    <>
      {effectiveN < LEAST_N && (
        <Note className="mb-3">
          <span data-plain>{text.equityFew(figure(effectiveN, 0, 1))}</span>
        </Note>
      )}
      <LinesChart equity={equity} marked={marked} at={at} onAt={setAt} />
      <Table caption={text.equity} className="mt-1">
        <thead>
          <tr>
            <Th>{text.line}</Th>
            <Th right>
              <time dateTime={points[at]}>{instant(points[at]!)}</time>
            </Th>
            <Th right>{text.total}</Th>
            <Th right className="max-sm:hidden">
              {text.callsThere}
            </Th>
            <Th right className="max-sm:hidden">
              {text.fall}
            </Th>
            <Th right className="max-sm:hidden">
              {text.over}
            </Th>
          </tr>
        </thead>
        <tbody>
          {lines.map((_, k) => (
            <LineRow key={lines[k]!.id} {...{ lines, k, at, marked }} onMark={setMarked} />
          ))}
        </tbody>
      </Table>
      <p className="mt-3 text-xs text-ink-3">
        <span data-plain>
          {open !== '' && `${open}. `}
          {notes.join(' ')}
        </span>
      </p>
    </>
  )
}

type RowProps = {
  lines: PerformanceEquity['lines']
  k: number
  at: number
  marked: string | null
  onMark: (id: string | null) => void
}

function LineRow({ lines, k, at, marked, onMark }: RowProps) {
  const { id, label, n, totalR, maxDrawdownR, callsTotalR, cumulativeR } = lines[k]!
  const inR = (path: string, value: number, show: (value: number) => string = signed) => (
    <Fact of="equity" at={`lines.${k}.${path}`} className="whitespace-nowrap">
      {show(value)} R
    </Fact>
  )
  const isOwn = k === 0
  return (
    <tr className={clsx(isOwn && 'font-semibold', id === marked && 'bg-raised')}>
      <th scope="row" className="min-w-32 border-b border-line px-2 py-1.5 text-left text-sm">
        <button
          type="button"
          aria-pressed={id === marked}
          aria-label={text.highlight(label)}
          onClick={() => onMark(id === marked ? null : id)}
          className={clsx(
            'flex h-auto min-h-6 items-center gap-2 text-left text-sm leading-tight',
            isOwn ? 'font-semibold' : 'font-normal',
          )}
        >
          <svg width="26" height="8" aria-hidden="true" className="shrink-0">
            <line
              x2="26"
              y1="4"
              y2="4"
              stroke={strokeOf(k).colour}
              strokeDasharray={strokeOf(k).dash}
              strokeWidth={isOwn ? 3 : 2}
            />
          </svg>
          <Fact of="equity" at={`lines.${k}.label`}>
            {label}
          </Fact>
        </button>
      </th>
      <Td right>{inR(`cumulativeR.${at}`, cumulativeR[at]!)}</Td>
      <Td right>{inR('totalR', totalR)}</Td>
      <Td right className="max-sm:hidden">
        {isOwn ? '–' : inR('callsTotalR', callsTotalR)}
      </Td>
      <Td right className="max-sm:hidden">
        {inR('maxDrawdownR', maxDrawdownR, (value) => figure(value, 2))}
      </Td>
      <Td right className="max-sm:hidden">
        <Fact of="equity" at={`lines.${k}.n`}>
          {figure(n)}
        </Fact>
      </Td>
    </tr>
  )
}
