import { html, type Markup } from './markup.ts'
import type { Result, Row, Told } from './report.ts'

/** A row that was run. */
export type RanRow = Row & { readonly result: Result }

const heads = [
  'Row',
  'Calls',
  'Closed',
  'Worth',
  'Filled',
  'T1 before stop',
  'T1, of all calls',
  'Net R a call',
  'Wide',
  'Brier',
  'ECE',
  'Log loss',
  'Deepest fall',
  'In market',
  'R less technical, an instant',
  'Coins',
  'DSR',
]

/** Every row with its n and its intervals, the worst first. */
export const ablation = (rows: readonly Row[]): Markup =>
  html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(ablationRow)}
      </tbody>
    </table>
  </div>`

function ablationRow({ label, notRun, warnings, result }: Row): Markup {
  const name = html`<th scope="row">
    ${label}${warnings.map((one) => html`<br /><small class="warn">${one}</small>`)}
  </th>`
  if (!result)
    return html`<tr class="quiet">
      ${name}
      <td colspan="${heads.length - 1}">${notRun}</td>
    </tr>`
  const { r, confidence, coins, sharpe, lead } = result
  const three = (value: number) => value.toFixed(3)
  const cells: (string | number)[] = [
    result.calls,
    result.decided,
    r.effectiveN,
    told(result.filled, percent),
    told(result.hit, percent),
    maybe(result.hitShareOfCalls, percent),
    told(r, three),
    r.wideLow === null || r.wideHigh === null ? '-' : `${three(r.wideLow)} .. ${three(r.wideHigh)}`,
    maybe(confidence.shown.brier, three),
    maybe(confidence.shown.ece, three),
    maybe(confidence.shown.logLoss, three),
    `${result.maxDrawdownR.toFixed(0)} R`,
    percent(result.exposure.share),
    lead ? told(lead, (value) => value.toFixed(4)) : 'the reference',
    coins ? coins.inRuns.percentile.toFixed(0) : '-',
    sharpe ? sharpe.probability.toFixed(2) : '-',
  ]
  return html`<tr>
    ${name}${cells.map((cell) => html`<td>${cell}</td>`)}
  </tr>`
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
const maybe = (value: number | null, shown: (value: number) => string): string => (value === null ? '-' : shown(value))

function told(
  { value, low, high, note }: Pick<Told, 'value' | 'low' | 'high' | 'note'>,
  shown: (value: number) => string,
): string {
  if (value === null) return note?.startsWith('too few') ? 'too few' : (note ?? '-')
  return low === null || high === null
    ? `${shown(value)} (no interval)`
    : `${shown(value)} (${shown(low)} .. ${shown(high)})`
}

/** What baselines made of the windows of each row's closed calls. */
export function baselineTable(rows: readonly RanRow[]): Markup {
  const names = rows[0]!.result.baselines.map(({ label }) => label)
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          <th scope="col">Net % a call</th>
          ${names.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ label, result }) =>
            html`<tr>
              <th scope="row">${label}</th>
              ${result.baselines.map(({ meanReturnNetPct, low, high, note }) => html`<td>${told({ value: meanReturnNetPct, low, high, note }, (value) => value.toFixed(2))}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

/** The worst calls of all rows, with what was told then. */
export function lossTable(rows: readonly RanRow[]): Markup {
  const losses = rows.flatMap(({ label, result }) => result.losses.map((loss) => ({ label, ...loss })))
  if (losses.length === 0) return html`<p class="quiet">None.</p>`
  const worst = losses.toSorted((a, b) => a.r - b.r).slice(0, 12)
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          <th scope="col">Row</th>
          <th scope="col">Call</th>
          <th scope="col">R</th>
          <th scope="col">Score</th>
          <th scope="col">Weightiest story then (foreign text)</th>
        </tr>
      </thead>
      <tbody>
        ${worst.map(
          ({ label, token, at, type, r, score, headline }) =>
            html`<tr>
              <th scope="row">${label}</th>
              <td>${type} ${token} ${at.slice(0, 16)}</td>
              <td>${r.toFixed(2)}</td>
              <td>${score.toFixed(2)}</td>
              <td class="foreign">${headline ?? '-'}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
