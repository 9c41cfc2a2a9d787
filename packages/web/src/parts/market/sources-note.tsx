import { useSources } from '../../data/system.ts'
import { Link, sourcesPath } from '../../paths.tsx'
import { sourceCounts } from '../../words/sources.ts'
import { marketTexts as text } from '../../words/texts/market.ts'
import { Card } from '../kit/card.tsx'

/** How many outside sources answer, in a line; each of them is on its own page. */
export function SourcesNote() {
  const { data, problem } = useSources()
  return (
    <Card title={text.sources}>
      <p className="text-sm text-ink-2">
        {data && `${sourceCounts(data.items)}. `}
        {problem !== null && <span className="text-sell">{text.sourcesFailed(problem)} </span>}
        <Link to={sourcesPath} className="text-accent underline">
          {text.sourcesLink}
        </Link>
      </p>
    </Card>
  )
}
