import type { ImportReport } from '@pumpiq/api'
import { plural } from '../../words/show.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'
import { Note } from '../kit/note.tsx'

/** As many faults as a report tells at most. */
const mostFaults = 100

/** What came of a file, or would: what was refused stands there line by line. */
export function ImportReportNote({ report: { dryRun, lines, added, known, faults } }: { report: ImportReport }) {
  if (faults.length > 0)
    return (
      <Note tone="bad" title={text.refusedLines(plural(faults.length, 'line'))}>
        {faults.length === mostFaults && text.firstHundred}
        <ol className="mt-2 grid max-h-64 gap-1 overflow-y-auto" tabIndex={0} aria-label={text.importCsv}>
          {faults.map(({ line, why }) => (
            <li key={`${line} ${why}`} className="break-words">
              <b className="num">{text.line(line)}</b>: <bdi>{why}</bdi>
            </li>
          ))}
        </ol>
      </Note>
    )
  const count = plural(added, 'transaction')
  if (!dryRun) return <Note tone="good">{text.added(count, known)}</Note>
  return (
    <Note title={text.checked(plural(lines, 'line'))}>
      {text.wouldAdd(count, known)} {added === 0 && text.nothingNew}
    </Note>
  )
}
