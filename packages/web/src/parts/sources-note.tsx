import type { SourceHealth } from '@pumpiq/api'
import { useNow } from '../data/now.ts'
import { useSources } from '../data/system.ts'
import { relative } from '../words/show.ts'

const signs = { up: '●', down: '✕', unknown: '○' } as const

/** Every outside source by name: answering or not, since when, how fast. */
export function SourcesNote() {
  const { data, problem } = useSources()
  const now = useNow()
  return (
    <section className="card sources" aria-labelledby="sources">
      <h2 id="sources">Sources</h2>
      {problem !== null && <p className="problem">{problem}</p>}
      <ul>
        {data?.items.map((source) => (
          <SourceItem key={source.id} source={source} now={now} />
        ))}
      </ul>
    </section>
  )
}

function SourceItem({
  source: { id, docs, feeds, state, lastSuccessAt, lastFailure, latencyMs },
  now,
}: {
  source: SourceHealth
  now: number
}) {
  return (
    <li className={`source source-${state}`}>
      <span aria-hidden="true" className="source-sign">
        {signs[state]}
      </span>
      <span>
        <b>
          {docs.startsWith('https://') ? (
            <a href={docs} rel="noreferrer">
              {id}
            </a>
          ) : (
            id
          )}
        </b>{' '}
        <span className="faint small">{feeds.join(', ')}</span>
        <span className="faint small block">
          {state === 'unknown' && 'not asked yet'}
          {state === 'up' && lastSuccessAt !== null && `answered ${relative(Date.parse(lastSuccessAt), now)}`}
          {state === 'up' && latencyMs && `, ${Math.round(latencyMs.p50)} ms`}
          {state === 'down' && `down: ${lastFailure ?? 'breaker open'}`}
        </span>
      </span>
    </li>
  )
}
