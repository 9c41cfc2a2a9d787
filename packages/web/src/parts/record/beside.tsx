import { clsx } from 'clsx'
import type { BaselinesBeside } from '@pumpiq/api'
import type { Asked } from '../../data/asked.ts'
import { figure, signed } from '../../words/show.ts'
import { recordTexts as text } from '../../words/texts/record.ts'
import { Fact } from '../kit/fact.tsx'
import { Note } from '../kit/note.tsx'
import { Panel } from '../kit/panel.tsx'
import { Table, Td, Th } from '../kit/table.tsx'
import { MeasuredFact, wholeShare } from './measured.tsx'

/** Whether the calls beat buying and holding, loud where they do not. */
export function Verdict({ baselines: { rows, verdict } }: { baselines: BaselinesBeside }) {
  const holding = rows.find(({ id }) => id === 'buy-and-hold')
  const tone = holding?.leadPct == null ? 'info' : holding.leadPct > 0 && (holding.leadLow ?? 0) > 0 ? 'good' : 'bad'
  return (
    <Note tone={tone} className={clsx(tone === 'bad' && 'text-base font-semibold')}>
      <Fact of="baselines" at="verdict">
        {verdict}
      </Fact>
    </Note>
  )
}

/** Our calls, and what others would have made of the same windows. */
export function BesidePanel({ asked }: { asked: Asked<BaselinesBeside> }) {
  return (
    <Panel title={text.beside} hint={text.besideHint} asked={asked} rows={14}>
      {({ rows, counted }) => (
        <>
          <Table caption={text.beside}>
            <thead>
              <tr>
                <Th>{text.windows}</Th>
                <Th right>{text.calls}</Th>
                <Th>{text.lead2}</Th>
                <Th>{text.meanCall}</Th>
                <Th className="max-sm:hidden">{text.wonShort}</Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, k) => (
                <BesideRow key={row.id} row={row} at={`rows.${k}`} />
              ))}
            </tbody>
          </Table>
          <p className="mt-3 text-xs text-ink-3">
            {text.besideWhy} <Standing counted={counted} />
          </p>
        </>
      )}
    </Panel>
  )
}

function BesideRow({ row, at }: { row: BaselinesBeside['rows'][number]; at: string }) {
  const { id, label, n, note } = row
  const isOwn = id === 'calls'
  const cell = (value: 'meanReturnNetPct' | 'winRate' | 'leadPct', low: keyof typeof row, high: keyof typeof row) => (
    <MeasuredFact
      of="baselines"
      at={{ value: `${at}.${value}`, low: `${at}.${low}`, high: `${at}.${high}`, note: `${at}.note` }}
      measured={{ value: row[value], low: row[low] as number | null, high: row[high] as number | null, note }}
      show={value === 'winRate' ? wholeShare : signed}
      unit="%"
    />
  )
  return (
    <tr className={clsx(isOwn && 'bg-raised')}>
      <th
        scope="row"
        className={clsx(
          'min-w-28 border-b border-line px-2 py-2 text-left align-top',
          isOwn ? 'font-semibold' : 'font-normal',
        )}
      >
        <Fact of="baselines" at={`${at}.label`}>
          {label}
        </Fact>
      </th>
      <Td right>
        <Fact of="baselines" at={`${at}.n`}>
          {figure(n)}
        </Fact>
      </Td>
      <Td>{isOwn ? '–' : cell('leadPct', 'leadLow', 'leadHigh')}</Td>
      <Td>{cell('meanReturnNetPct', 'low', 'high')}</Td>
      <Td className="max-sm:hidden">{cell('winRate', 'winLow', 'winHigh')}</Td>
    </tr>
  )
}

function Standing({ counted }: Pick<BaselinesBeside, 'counted'>) {
  if (counted.decided === 0) return text.besideNone
  return (['decided', 'played', 'waiting', 'unknown'] as const).map((name, k) => (
    <span key={name} className="num">
      {k > 0 && '; '}
      <Fact of="baselines" at={`counted.${name}`}>
        {figure(counted[name])}
      </Fact>{' '}
      {name === 'played' ? text.computed : text[name]}
    </span>
  ))
}
