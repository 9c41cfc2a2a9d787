import type { Recommendation } from '@pumpiq/domain'

type Called = Pick<Recommendation, 'type' | 'abstained' | 'actionable'>

/** Colour never speaks alone: each type has its sign and its word. */
const signs = { BUY: '▲', SELL: '▼', HOLD: '■', AVOID: '✕' } as const

export const toneOf = ({ type, abstained }: Pick<Called, 'type' | 'abstained'>): string =>
  abstained === null ? type.toLowerCase() : 'none'

export function CallBadge({ call, large = false }: { call: Called; large?: boolean }) {
  const { type, abstained } = call
  return (
    <span className={`badge badge-${toneOf(call)}${large ? ' badge-large' : ''}`}>
      <span aria-hidden="true">{abstained === null ? signs[type] : '–'}</span>
      {abstained === null ? type : 'NO CALL'}
    </span>
  )
}

/** The second answer, apart from the call: is there a measured edge after costs? */
export function EdgeNote({ call: { type, abstained, actionable } }: { call: Called }) {
  if (abstained !== null || type === 'HOLD' || type === 'AVOID') return null
  return actionable.yes ? (
    <span className="edge edge-yes nowrap">measured edge</span>
  ) : (
    <span className="edge nowrap">no measured edge</span>
  )
}

export const Labels = ({ labels }: { labels: readonly string[] }) => (
  <>
    {labels.map((label) => (
      <span key={label} className={`label${label === 'SIMULATED' ? ' label-loud' : ''}`}>
        {label}
      </span>
    ))}
  </>
)
