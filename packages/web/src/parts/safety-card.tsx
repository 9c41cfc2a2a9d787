import type { SafetyAssessment, SafetyVerdict } from '@pumpiq/domain'

type Checks = Extract<SafetyAssessment, { applicable: true }>['checks']

const order: readonly SafetyVerdict[] = ['fail', 'unknown', 'pass']
/** Colour never speaks alone: each verdict has its sign and its word. */
const signs: Readonly<Record<SafetyVerdict, string>> = { fail: '✕', unknown: '?', pass: '✓' }
const shown: Readonly<Record<SafetyVerdict, string>> = { fail: 'failed', unknown: 'unknown', pass: 'passed' }
const verdicts: Readonly<Record<SafetyVerdict, string>> = {
  fail: 'A check failed: it is to be avoided, whatever the score says.',
  unknown: 'Not all that must be known is known. Unknown is not safe.',
  pass: 'Nothing that is known to us is wrong with it. That is no promise.',
}

/** How the contract can harm whoever buys it: the verdict, then each check's line, failing ones first. Null: nobody was asked. */
export function SafetyCard({ safety }: { safety: SafetyAssessment | null }) {
  return (
    <section className="card safety" aria-labelledby="safety">
      <h2 id="safety">
        Token safety{' '}
        {safety?.applicable && (
          <span className={`verdict-${safety.verdict}`}>
            <span aria-hidden="true">{signs[safety.verdict]}</span> {shown[safety.verdict]}
          </span>
        )}
      </h2>
      {safety === null && <p>Not assessed: nobody was asked.</p>}
      {safety?.applicable === false && <p>Coin of its own chain: there is no contract to assess.</p>}
      {safety?.applicable && (
        <>
          <p className="explain">
            {verdicts[safety.verdict]} {counts(safety.checks)}.
          </p>
          <ul className="checks-told">
            {order
              .flatMap((verdict) => safety.checks.filter((check) => check.verdict === verdict))
              .map((check) => (
                <CheckLine key={check.id} check={check} />
              ))}
          </ul>
        </>
      )}
    </section>
  )
}

const CheckLine = ({ check: { verdict, label, detail } }: { check: Checks[number] }) => (
  <li className={`check-${verdict}`}>
    <span className={`check-sign verdict-${verdict}`} aria-hidden="true">
      {signs[verdict]}
    </span>
    <span>
      <bdi>{detail}</bdi>
      <span className="faint small block">
        {label}: {shown[verdict]}
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
