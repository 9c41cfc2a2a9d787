import type { Gap } from '@pumpiq/domain'
import { kindTitles } from '../words/kinds.ts'

/** What could not be known and why, each with its source: silence is told, and never looks like "nothing happened". */
export function GapsNote({ gaps }: { gaps: readonly Gap[] }) {
  return (
    <section className="gaps" aria-labelledby="gaps">
      <h3 id="gaps">Not known</h3>
      {gaps.length === 0 ? (
        <p className="faint">Every source that was asked answered.</p>
      ) : (
        <ul className="plain">
          {gaps.map(({ kind, source, reason }) => (
            <li key={`${kind} ${source} ${reason}`}>
              {kindTitles[kind]}, {source === null ? '' : `${source}: `}
              {reason}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
