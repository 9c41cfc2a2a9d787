import { clsx } from 'clsx'
import type { Recommendation } from '@pumpiq/domain'
import { Badge, type BadgeTone } from './kit/badge.tsx'

type Called = Pick<Recommendation, 'type' | 'abstained' | 'actionable'>

/** Colour never speaks alone: each type has its sign and its word. */
const signs = { BUY: '▲', SELL: '▼', HOLD: '■', AVOID: '✕' } as const
const tones = { BUY: 'buy', SELL: 'sell', HOLD: 'hold', AVOID: 'avoid' } as const satisfies Record<string, BadgeTone>

export function CallBadge({ call: { type, abstained }, large = false }: { call: Called; large?: boolean }) {
  return (
    <Badge
      tone={abstained === null ? tones[type] : 'plain'}
      className={clsx('tracking-wide', large && 'rounded-md px-2.5 py-1 text-base')}
    >
      <span aria-hidden="true" className="text-[0.8em]">
        {abstained === null ? signs[type] : '–'}
      </span>
      {abstained === null ? type : 'NO CALL'}
    </Badge>
  )
}

/** The second answer, apart from the call: is there a measured edge after costs? */
export function EdgeNote({ call: { type, abstained, actionable } }: { call: Called }) {
  if (abstained !== null || type === 'HOLD' || type === 'AVOID') return null
  return actionable.yes ? (
    <span className="text-xs font-semibold whitespace-nowrap text-buy">measured edge</span>
  ) : (
    <span className="text-xs whitespace-nowrap text-ink-3">no measured edge</span>
  )
}

export const Labels = ({ labels }: { labels: readonly string[] }) => (
  <>
    {labels.map((label) => (
      <Badge key={label} tone={label === 'SIMULATED' ? 'hazard' : 'plain'}>
        {label}
      </Badge>
    ))}
  </>
)
