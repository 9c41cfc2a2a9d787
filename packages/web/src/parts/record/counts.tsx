import { clsx } from 'clsx'
import type { PerformanceSummary } from '@pumpiq/api'
import { meanings, statuses, statusName } from '../../words/ending.ts'
import { recordTexts as text } from '../../words/texts/record.ts'
import { Card } from '../kit/card.tsx'
import { Count } from './measured.tsx'

/** Every call that was made, by how it stands: what is not won is not left out. */
export function CountsCard({ summary: { calls, byStatus, directional, notes } }: { summary: PerformanceSummary }) {
  return (
    <Card title={text.counts} hint={text.countsHint}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{text.counts}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{text.status}</th>
            <th scope="col">{text.calls}</th>
          </tr>
        </thead>
        <tbody>
          {statuses.map((status) => (
            <tr key={status} className={clsx(byStatus[status] === 0 && 'text-ink-3')}>
              <th scope="row" className="border-b border-line py-1.5 pr-3 text-left font-medium">
                <span data-plain>{statusName(status)}</span>
                <span data-plain className="block text-xs font-normal text-ink-3">
                  {meanings[status]}
                </span>
                <svg viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true" className="mt-1 h-1 w-full">
                  <rect width="100" height="3" rx="1.5" fill="var(--line)" />
                  <rect
                    width={calls === 0 ? 0 : (100 * byStatus[status]) / calls}
                    height="3"
                    rx="1.5"
                    fill="var(--ink-3)"
                  />
                </svg>
              </th>
              <td className="border-b border-line py-1.5 text-right align-top font-medium">
                <Count of="summary" at={`byStatus.${status}`} n={byStatus[status]} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="font-semibold">
            <th scope="row" className="pt-2 text-left">
              {text.all}
            </th>
            <td className="pt-2 text-right">
              <Count of="summary" at="calls" n={calls} />
            </td>
          </tr>
        </tfoot>
      </table>
      <p className="mt-3 text-xs text-ink-3">
        {text.directional}: <Count of="summary" at="directional.notFilled" n={directional.notFilled} /> {text.notFilled}
        , <Count of="summary" at="directional.unresolved" n={directional.unresolved} /> {text.unresolved},{' '}
        <Count of="summary" at="directional.delisted" n={directional.delisted} /> {text.delisted}.
      </p>
      {notes.map((note) => (
        <p key={note} data-plain className="mt-1 text-xs text-ink-3">
          {note}
        </p>
      ))}
    </Card>
  )
}
