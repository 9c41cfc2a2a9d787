import { clsx } from 'clsx'
import { useState } from 'react'
import type { BreakdownBy, PerformanceBreakdown } from '@pumpiq/api'
import { useBreakdown, type Part } from '../../data/performance.ts'
import { signed } from '../../words/show.ts'
import { recordTexts as text } from '../../words/texts/record.ts'
import { Button } from '../kit/button.tsx'
import { Choice } from '../kit/choice.tsx'
import { Fact } from '../kit/fact.tsx'
import { Panel } from '../kit/panel.tsx'
import { Table, Td, Th } from '../kit/table.tsx'
import { Count, MeasuredFact, rateAt, wholeShare } from './measured.tsx'

export const groupings = Object.keys(text.by) as readonly BreakdownBy[]

type Props = { part: Part; by: BreakdownBy; onBy: (by: BreakdownBy) => void }

/** The record in groups: BUY and SELL of each by the same measures, with their lead on buying and holding. */
export function GroupsPanel({ part, by, onBy }: Props) {
  const asked = useBreakdown(part, by)
  return (
    <Panel
      title={text.groups}
      asked={asked}
      rows={10}
      empty={({ groups }) => (groups.length === 0 ? text.noGroups : null)}
      actions={
        <Choice
          label={text.groupedBy}
          value={by}
          options={groupings.map((value) => ({ value, label: text.by[value] }))}
          onChange={onBy}
        />
      }
    >
      {(breakdown) => <Groups key={breakdown.by} breakdown={breakdown} />}
    </Panel>
  )
}

const firstShown = 12

function Groups({ breakdown: { by, groups, notes } }: { breakdown: PerformanceBreakdown }) {
  const [isAll, setAll] = useState(false)
  const shown = isAll ? groups : groups.slice(0, firstShown)
  return (
    <>
      <Table caption={`${text.groups}: ${text.by[by]}`}>
        <thead>
          <tr>
            <Th>{text.by[by]}</Th>
            <Th right className="max-sm:hidden">
              {text.calls}
            </Th>
            <Th right>{text.endedAt}</Th>
            <Th>
              <span data-plain>{text.hit}</span>
            </Th>
            <Th>{text.mean}</Th>
            <Th>{text.leadOnHolding}</Th>
          </tr>
        </thead>
        <tbody>
          {shown.map((group, k) => (
            <GroupRow key={group.key} group={group} at={`groups.${k}`} />
          ))}
        </tbody>
      </Table>
      {shown.length < groups.length && (
        <Button small className="mt-3" onClick={() => setAll(true)}>
          <span data-plain>{text.showAll(groups.length)}</span>
        </Button>
      )}
      {notes.length > 2 && (
        <p data-plain className="mt-3 text-xs text-ink-3">
          {notes.slice(2).join(' ')}
        </p>
      )}
    </>
  )
}

function GroupRow({ group, at }: { group: PerformanceBreakdown['groups'][number]; at: string }) {
  const { label, calls, directional, baselines } = group
  const place = baselines.findIndex(({ id }) => id === 'buy-and-hold')
  const holding = baselines[place]
  const lead = `${at}.baselines.${place}`
  return (
    <tr className={clsx(directional.decided === 0 && 'text-ink-3')}>
      <th scope="row" className="min-w-20 border-b border-line px-2 py-2 text-left align-top font-medium">
        <bdi>
          <Fact of="breakdown" at={`${at}.label`}>
            {label}
          </Fact>
        </bdi>
      </th>
      <Td right className="max-sm:hidden">
        <Count of="breakdown" at={`${at}.calls`} n={calls} />
      </Td>
      <Td right>
        <Count of="breakdown" at={`${at}.directional.decided`} n={directional.decided} />
      </Td>
      <Td>
        <MeasuredFact
          of="breakdown"
          at={rateAt(`${at}.directional.hit`)}
          measured={directional.hit}
          show={wholeShare}
          unit="%"
        />
      </Td>
      <Td>
        <MeasuredFact
          of="breakdown"
          at={rateAt(`${at}.directional.r`)}
          measured={directional.r}
          show={signed}
          unit="R"
        />
      </Td>
      <Td>
        {holding ? (
          <MeasuredFact
            of="breakdown"
            at={{ value: `${lead}.leadPct`, low: `${lead}.leadLow`, high: `${lead}.leadHigh`, note: `${lead}.note` }}
            measured={{ value: holding.leadPct, low: holding.leadLow, high: holding.leadHigh, note: holding.note }}
            show={signed}
            unit="%"
          />
        ) : (
          '–'
        )}
      </Td>
    </tr>
  )
}
