import type { SourceHealth } from '@pumpiq/api'
import { kindTitles } from '../words/kinds.ts'
import { relative, words } from '../words/show.ts'
import {
  quotaText,
  sourceCounts,
  sourceGroups,
  sourceNotes,
  standingOf,
  standingSentence,
  type SourceStanding,
} from '../words/sources.ts'

const signs: Readonly<Record<SourceStanding, string>> = { up: '●', down: '✕', unknown: '○', off: '–' }

/** Every outside source under the kinds it speaks for: a row a source; on a narrow screen a card a source. */
export function SourcesTable({ sources, now }: { sources: readonly SourceHealth[]; now: number }) {
  return (
    <div className="card table-card">
      <table className="source-table">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Tells</th>
            <th scope="col">State</th>
            <th scope="col">Calls left</th>
            <th scope="col">Last answer</th>
          </tr>
        </thead>
        {sourceGroups(sources).map((group) => (
          <tbody key={group.kind ?? ''}>
            <tr className="source-group">
              <th scope="rowgroup" colSpan={5}>
                {group.kind === null ? 'Which tokens there are' : kindTitles[group.kind]}{' '}
                <span className="faint small caption-note">{sourceCounts(group.sources)}</span>
              </th>
            </tr>
            {group.sources.map((source) => (
              <SourceRow key={source.id} source={source} now={now} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}

function SourceRow({ source, now }: { source: SourceHealth; now: number }) {
  const { feeds, quota, lastSuccessAt, latencyMs } = source
  const standing = standingOf(source)
  return (
    <tr className={`source-${standing}`}>
      <th scope="row">
        <SourceName source={source} />
      </th>
      <td>{feeds.length === 0 ? 'new tokens' : feeds.map(words).join(', ')}</td>
      <td className="source-state">
        <span aria-hidden="true" className="source-sign">
          {signs[standing]}
        </span>{' '}
        {standingSentence(source, now)}
        {sourceNotes(source, now).map(({ text, isBad }) => (
          <span key={text} className={`${isBad ? 'source-note' : 'faint'} small block`}>
            {text}
          </span>
        ))}
      </td>
      <td data-name="Calls left" className="num">
        {quota ? quotaText(quota) : <span className="faint">–</span>}
      </td>
      <td data-name="Last answer" className="num">
        {lastSuccessAt === null ? <span className="faint">–</span> : relative(Date.parse(lastSuccessAt), now)}
        {latencyMs && (
          <span className="faint small block">
            in {Math.round(latencyMs.p50)} ms, 95 % within {Math.round(latencyMs.p95)} ms
          </span>
        )}
      </td>
    </tr>
  )
}

const SourceName = ({ source: { id, docs } }: { source: SourceHealth }) =>
  docs.startsWith('https://') ? (
    <a href={docs} rel="noreferrer" aria-label={`${id}, its manual`}>
      {id}
    </a>
  ) : (
    id
  )
