import type { WatchedToken } from '@pumpiq/api'
import { Link, recommendationPath } from '../../paths.tsx'
import { relative } from '../../words/show.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'
import { CallBadge } from '../call-badge.tsx'

type Props = { call: WatchedToken['call']; symbol: string; now: number }

/** The house's newest call of a token, with its age, as a link to all of it. */
export function HouseCallCell({ call, symbol, now }: Props) {
  if (call === null) return <span className="text-ink-3">{text.noCall}</span>
  return (
    <Link
      to={recommendationPath(call.id)}
      className="inline-flex min-h-6 items-center gap-1.5 whitespace-nowrap no-underline"
    >
      <span className="sr-only">{text.seeCall(symbol)}: </span>
      <CallBadge call={{ ...call, actionable: { yes: call.actionable, why: '' } }} />
      <span className="text-xs text-ink-3">{relative(Date.parse(call.issuedAt), now)}</span>
    </Link>
  )
}
