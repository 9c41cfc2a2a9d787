import { useSources } from '../data/system.ts'
import { Link, sourcesPath } from '../paths.tsx'
import { sourceCounts } from '../words/sources.ts'

/** How many outside sources answer, in a line; each of them is on its own page. */
export function SourcesNote() {
  const { data, problem } = useSources()
  return (
    <section className="card sources" aria-labelledby="sources">
      <h2 id="sources">Sources</h2>
      <p>
        {data && `${sourceCounts(data.items)}. `}
        {problem !== null && <span className="problem">They could not be read: {problem}. </span>}
        <Link to={sourcesPath}>See where evidence comes from</Link>
      </p>
    </section>
  )
}
