import { showInterval } from '@pumpiq/domain'
import { html, type Markup } from './markup.ts'
import { equityPlot, reliabilityPlot } from './plots.ts'
import type { EvaluationReport, WindowReport } from './report.ts'
import { ablation, baselineTable, lossTable, type RanRow } from './html-tables.ts'
import { pageStyle } from './page-style.ts'
import { askingLine } from './text.ts'

/** The report as one page: no script, nothing from elsewhere, every foreign text shown as text. */
export function htmlOf(report: EvaluationReport): string {
  const { plan, windows } = report
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
      <title>PumpIQ evaluation: ${plan.name}</title>
      <style>
        ${{ markup: pageStyle }}
      </style>
    </head>
    <body>
      <h1>Evaluation: ${plan.name}</h1>
      <p>${plan.about}</p>
      <p class="labels">${report.labels.map((label) => html`<span>${label}</span> `)}</p>
      <h2>What it comes to, losers first</h2>
      <ol class="verdicts">
        ${report.verdicts.map((verdict) => html`<li>${verdict}</li>`)}
      </ol>
      ${reading(report)} ${windows.map(windowSection)} ${settingsSection(report)} ${manifestSection(report)}
    </body>
  </html>`
  return `<!doctype html>\n${page.markup}\n`
}

const reading = ({ settings }: EvaluationReport): Markup =>
  html`<details open>
    <summary>How to read it</summary>
    <ul>
      <li>
        <b>R</b> is the distance from fill to stop; all R are net of ${settings.costs.feePctPerSide} % fee and
        ${settings.costs.slippageBpsPerSide} basis points of slippage a side.
      </li>
      <li>
        <b>worth</b> counts windows of one token that overlap once. Intervals are 95 %, drawn in blocks of one horizon;
        the <b>wide</b> one holds for all ${settings.tries} tries together.
      </li>
      <li>
        <b>Coins</b>: where the calls' mean R lies among 1,000 coins with as many BUYs and SELLs, in the calls' own
        runs, on the same windows and levels; 50 is chance.
      </li>
      <li>
        <b>DSR</b> is the deflated Sharpe ratio: the probability that there is any edge at all, given so many tries.
        0.95 is asked.
      </li>
      <li>Where fewer than 30 independent windows closed, nothing is told.</li>
    </ul>
  </details>`

function windowSection(window: WindowReport): Markup {
  const { id, about, timeframe, tokens, from, to, everyMs, rows } = window
  const ran = rows.filter((row): row is RanRow => row.result !== null)
  const drawn = ran.filter(({ result }) => result.decided > 0)
  return html`<section>
    <h2>${id}</h2>
    <p>
      ${about}: ${timeframe}, ${tokens.join(', ')}, every ${showInterval(everyMs)} from ${from.slice(0, 10)} to
      ${to.slice(0, 10)}; outcomes as of ${window.asOf.slice(0, 10)}.
    </p>
    ${ablation(rows)}
    <h3>Baselines on the same windows</h3>
    ${drawn.length === 0 ? html`<p class="quiet">No closed calls.</p>` : baselineTable(drawn)}
    <h3>Sum of R</h3>
    <div class="plots">${drawn.map(({ label, result }) => equityPlot(result.curves, label))}</div>
    <h3>Confidence as shown against what came</h3>
    <div class="plots">${drawn.map(({ label, result }) => reliabilityPlot(result.confidence.shown, label))}</div>
    <h3>The worst calls</h3>
    ${lossTable(drawn)}
  </section>`
}

function settingsSection({ settings, engine, plan, asking, seconds }: EvaluationReport): Markup {
  const entries: [string, string][] = [
    ['Engine', engine.version],
    ['Models', engine.models.join(', ') || 'none: the rules alone'],
    ...(asking ? [['Questions', askingLine(asking)] satisfies [string, string]] : []),
    ['Plan', `${plan.name}, SHA-256 ${plan.sha256}`],
    ['Rows', settings.rows.join(', ')],
    ['From, to', `${settings.from ?? 'as planned'}, ${settings.to ?? 'as planned'}`],
    [
      'Confidence',
      `${settings.fits} fits handed in${settings.calibrated ? ', and fits made month by month within each window' : ''}; else the prior`,
    ],
    ['Seed', String(settings.seed)],
    ['Tries reckoned with', `${settings.tries}, of which ${settings.triedBefore} before`],
    ['Took', `${seconds.toFixed(0)} s`],
  ]
  return html`<section>
    <h2>Settings</h2>
    <dl>
      ${entries.map(
        ([name, said]) =>
          html`<dt>${name}</dt>
            <dd>${said}</dd>`,
      )}
    </dl>
  </section>`
}

const manifestSection = ({ manifest }: EvaluationReport): Markup =>
  html`<section>
    <h2>Files</h2>
    <div class="wide">
      <table>
        <thead>
          <tr>
            ${['Series', 'Of', 'File', 'Rows', 'First', 'Last', 'Known at', 'SHA-256'].map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${manifest.map(
            ({ series, of, file, rows, first, last, arrival, sha256 }) =>
              html`<tr>
                <th scope="row">${series}</th>
                ${[of, file, rows, first?.slice(0, 16) ?? '-', last?.slice(0, 16) ?? '-', arrival].map((cell) => html`<td>${cell}</td>`)}
                <td><code>${sha256}</code></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
