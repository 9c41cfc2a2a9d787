import type { RecommendationSummary } from '@pumpiq/api'
import { Link } from '../route.tsx'
import { words } from '../words/show.ts'

/** The head of a call's row: its token as a link to the whole recommendation, chain and timeframe below. */
export function TokenCell({ call }: { call: RecommendationSummary }) {
  return (
    <th scope="row" className="cell-token">
      <Link to={`/recommendations/${call.id}`} className="row-link">
        {call.symbol}
      </Link>
      <span className="faint small">
        {chainOf(call.token)}, {words(call.timeframe)}
      </span>
    </th>
  )
}

const chainOf = (token: string): string => token.slice(0, token.indexOf(':'))
