import type { Gap } from '@pumpiq/domain'
import { kindTitles } from '../words/kinds.ts'
import { toldTexts as text } from '../words/texts/told.ts'

/** What could not be known and why, each with its source: silence is told, and never looks like "nothing happened". */
export function GapsNote({ gaps }: { gaps: readonly Gap[] }) {
  return (
    <section aria-labelledby="gaps" className="text-sm">
      <h3 id="gaps" className="mb-1">
        {text.gaps}
      </h3>
      {gaps.length === 0 ? (
        <p className="text-ink-2">{text.noGaps}</p>
      ) : (
        <ul className="grid gap-1">
          {gaps.map(({ kind, source, reason }) => (
            <li key={`${kind} ${source} ${reason}`} className="border-l-2 border-avoid pl-2.5 break-words text-ink-2">
              {kindTitles[kind]}, {source === null ? '' : `${source}: `}
              {reason}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
