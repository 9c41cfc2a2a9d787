import { useParams } from '@tanstack/react-router'
import { showPrice, type Token } from '@pumpiq/domain'
import type { TokenAnalysis } from '@pumpiq/api'
import { useNow } from '../data/now.ts'
import { useAnalysis } from '../data/tokens.ts'
import { Labels } from '../parts/call-badge.tsx'
import { CrowdCard } from '../parts/crowd-card.tsx'
import { GapsNote } from '../parts/gaps-note.tsx'
import { KnownKindsTable } from '../parts/kinds-table.tsx'
import { ReadingsTable } from '../parts/readings-table.tsx'
import { SafetyCard } from '../parts/safety-card.tsx'
import { StoriesCard } from '../parts/stories-card.tsx'
import { Link } from '../paths.tsx'
import { span } from '../words/show.ts'

/** What is known of a token now, where it comes from and how old it is; nothing is decided by it. */
export function TokenPage() {
  const { id } = useParams({ from: '/tokens/$id' })
  const { data: analysis, problem, code } = useAnalysis(id)
  if (!analysis) return <Absent id={id} problem={problem} missing={code === 'notFound'} />
  const at = Date.parse(analysis.at)
  return (
    <article className="document">
      <Head analysis={analysis} />
      {problem !== null && (
        <p className="strip strip-bad" role="alert">
          <strong>It could not be asked anew.</strong> {problem}
        </p>
      )}
      <section className="card" aria-labelledby="evidence">
        <h2 id="evidence">Evidence by kind</h2>
        <div className="columns-even">
          <KnownKindsTable analysis={analysis} at={at} />
          <GapsNote gaps={analysis.gaps} />
        </div>
        <ReadingsTable readings={analysis.readings} at={at} />
      </section>
      <SafetyCard safety={analysis.safety} />
      <div className="columns told">
        <StoriesCard stories={analysis.stories} at={at} />
        <CrowdCard crowd={analysis.crowd} at={at} voices={analysis.voices} />
      </div>
    </article>
  )
}

function Head({ analysis: { token, labels, price, at: iso } }: { analysis: TokenAnalysis }) {
  const now = useNow()
  const at = Date.parse(iso)
  return (
    <header className="head">
      <Link to="/" className="back">
        ← Current calls
      </Link>
      <div className="head-line">
        <h1>
          <bdi>{token.symbol}</bdi>
        </h1>
        <bdi className="token-name">{token.name}</bdi>
        <Labels labels={labels} />
      </div>
      <p>
        {price ? (
          <>
            <span className="big num" title={price.value}>
              {showPrice(price.value)}
            </span>{' '}
            <span className="faint small">
              USD, {price.source.split('+').join(', ')}, {span(now - at + price.ageMs)} old
            </span>
          </>
        ) : (
          'No price could be trusted.'
        )}
      </p>
      <p className="faint head-facts">
        <code className="token">{token.id}</code>
        <Size token={token} />
        <span>
          asked <time dateTime={iso}>{span(now - at)} ago</time>
        </span>
      </p>
    </header>
  )
}

const Size = ({ token: { marketCapRank, marketCapUsd } }: { token: Token }) => (
  <>
    <span>{marketCapRank === null ? 'not ranked' : `rank ${marketCapRank} by market cap`}</span>
    {marketCapUsd !== null && (
      <span className="num">
        {marketCapUsd.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 1 })} USD
      </span>
    )}
  </>
)

type AbsentProps = { id: string; problem: string | null; missing: boolean }

function Absent({ id, problem, missing }: AbsentProps) {
  if (problem === null) return <div className="card skeleton" aria-label={`Gathering what is known of ${id}`} />
  return (
    <section className="card empty" role="alert">
      <h1>{missing ? 'There is no such token' : 'Nothing could be learnt of it'}</h1>
      <p>{problem}</p>
      <Link to="/">See the current calls</Link>
    </section>
  )
}
