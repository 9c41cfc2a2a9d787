import type { RecommendationSummary } from '@pumpiq/api'
import { Link, tokenPath } from '../paths.tsx'
import { words } from '../words/show.ts'

/** The head of a call's row: its token as a link to the whole recommendation; below chain and timeframe, and a link to what is known now. */
export function TokenCell({ call }: { call: RecommendationSummary }) {
  return (
    <th scope="row" className="cell-token">
      <Link to={`/recommendations/${call.id}`} className="row-link">
        {call.symbol}
      </Link>
      <span className="faint small">
        {chainOf(call.token)}, {words(call.timeframe)}{' '}
        <Link to={tokenPath(call.token)} className="cell-evidence" label={`evidence on ${call.symbol} now`}>
          evidence
        </Link>
      </span>
    </th>
  )
}

const chainOf = (token: string): string => token.slice(0, token.indexOf(':'))
