import { clsx } from 'clsx'
import type { SafetyAssessment, SafetyVerdict } from '@pumpiq/domain'
import { toldTexts as text } from '../words/texts/told.ts'
import { Card } from './kit/card.tsx'

type Checks = Extract<SafetyAssessment, { applicable: true }>['checks']

const order: readonly SafetyVerdict[] = ['fail', 'unknown', 'pass']
/** Colour never speaks alone: each verdict has its sign and its word. */
const signs: Readonly<Record<SafetyVerdict, string>> = { fail: '✕', unknown: '?', pass: '✓' }
const colours: Readonly<Record<SafetyVerdict, string>> = { fail: 'text-sell', unknown: 'text-avoid', pass: 'text-buy' }
const grounds: Readonly<Record<SafetyVerdict, string>> = {
  fail: 'bg-sell-soft',
  unknown: 'bg-avoid-soft',
  pass: 'bg-buy-soft',
}
const shown = text.safetyWords

type Props = {
  safety: SafetyAssessment | null
  /** How old what a check cites is, such as "goplus, 3 min old"; null where it is not known. */
  originOf?: (cites: readonly string[]) => string | null
}

/** How the contract can harm whoever buys it: the verdict, then each check's line, failing ones first. Null: nobody was asked. */
export function SafetyCard({ safety, originOf }: Props) {
  return (
    <Card
      title={
        <>
          {text.safety}{' '}
          {safety?.applicable && (
            <span
              className={clsx('ml-1 rounded px-1.5 py-0.5 text-xs', colours[safety.verdict], grounds[safety.verdict])}
            >
              <span aria-hidden="true">{signs[safety.verdict]}</span> {shown[safety.verdict]}
            </span>
          )}
        </>
      }
    >
      {safety === null && <p className="text-sm text-ink-2">{text.notAssessed}</p>}
      {safety?.applicable === false && <p className="text-sm text-ink-2">{text.ownChain}</p>}
      {safety?.applicable && (
        <>
          <p className="mb-2 text-sm text-ink-2">
            {text.safetyVerdicts[safety.verdict]} {counts(safety.checks)}.
          </p>
          <ul className="gap-x-8 lg:columns-2">
            {order
              .flatMap((verdict) => safety.checks.filter((check) => check.verdict === verdict))
              .map((check) => (
                <CheckLine key={check.id} check={check} origin={originOf?.(check.cites) ?? null} />
              ))}
          </ul>
        </>
      )}
    </Card>
  )
}

const CheckLine = ({ check: { verdict, label, detail }, origin }: { check: Checks[number]; origin: string | null }) => (
  <li className="flex break-inside-avoid gap-3 border-b border-line py-2 text-sm">
    <span
      aria-hidden="true"
      className={clsx(
        'mt-0.5 grid size-5 shrink-0 place-content-center rounded-full text-xs font-bold',
        colours[verdict],
        grounds[verdict],
      )}
    >
      {signs[verdict]}
    </span>
    <span className="min-w-0">
      <bdi className="break-words">{detail}</bdi>
      {origin !== null && <span className="block text-xs text-ink-3">{origin}</span>}
      <span className="block text-xs text-ink-3">
        {label}: <span className={clsx('font-semibold', colours[verdict])}>{shown[verdict]}</span>
      </span>
    </span>
  </li>
)

const counts = (checks: Checks): string =>
  order
    .map((verdict) => [checks.filter((check) => check.verdict === verdict).length, verdict] as const)
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${count} ${shown[verdict]}`)
    .join(', ')
