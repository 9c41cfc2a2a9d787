import { useNow } from '../data/now.ts'
import { useSources } from '../data/system.ts'
import { SourcesTable } from '../parts/sources-table.tsx'
import { sourceCounts } from '../words/sources.ts'

/** Where evidence comes from: every outside source, whether it answers, and how much may still be asked of it. */
export function SourcesPage() {
  const { data, problem } = useSources()
  const now = useNow()
  return (
    <>
      <div className="lead">
        <div>
          <h1>Sources</h1>
          <p className="lead-words">
            {data ? `${sourceCounts(data.items)}.` : 'Reading the sources…'} What a source does not tell is missing from
            every call, lowers its completeness and is named in it. Nothing is filled in.
          </p>
        </div>
      </div>
      {problem !== null && (
        <p className="strip strip-bad" role="alert">
          <strong>The sources could not be {data ? 'refreshed' : 'read'}.</strong> {problem}
        </p>
      )}
      {data ? (
        <SourcesTable sources={data.items} now={now} />
      ) : (
        problem === null && <div className="card skeleton" aria-hidden="true" />
      )}
      <p className="explain">
        A source that is off is not asked at all. One that needs a key is switched on by the variable named with it, set
        before the start.
      </p>
    </>
  )
}
