import type { ExportVerdict } from '@pumpiq/api'
import { recordTexts as text } from '../../words/texts/record.ts'
import { Note } from '../kit/note.tsx'

/** What became of a verification; where it failed, the first record that does not hold. */
export function VerdictNote({ of, verdict }: { of: string; verdict: ExportVerdict }) {
  const { ok, count, note, head, faults, faultCount } = verdict
  const [first] = faults
  if (ok || !first)
    return (
      <Note tone="good" title={<span data-plain>{count === 0 ? text.empty : text.holds(count)}</span>}>
        <span data-plain>
          <bdi>{of}</bdi>. {head && `${text.headIs(head.seq)} `}
        </span>
        {head && <code className="wrap-anywhere">{head.hash}</code>}
        {note !== null && (
          <span data-plain className="mt-1 block text-xs">
            {note}.
          </span>
        )}
      </Note>
    )
  const { seq, line, sentence } = first
  return (
    <Note tone="bad" title={<span data-plain>{seq === null ? text.failsLine(line) : text.fails(seq)}</span>}>
      <span data-plain className="wrap-anywhere">
        <bdi>{of}</bdi>. {text.whyNot(line, sentence)} {text.allFaults(faultCount)}
      </span>
    </Note>
  )
}
