import { mean, timeframes, toIso } from '@pumpiq/domain'
import { seededRandom } from '../platform/random.ts'
import { deflatedSharpe, luckySharpe } from './deflated.ts'
import type { Journal } from './journal.ts'
import { leadOf, type Instants, type Own } from './measure.ts'
import { cutoffWarning } from './model-cutoffs.ts'
import type { Window } from './plan.ts'
import type { Kept } from './record.ts'
import type { Result, Row, WindowReport } from './report.ts'
import { reference, rowPlans, type RowPlan } from './rows.ts'
import { verdictOf } from './verdict.ts'

export type Line = { readonly row: RowPlan; readonly analyst: Row['analyst'] }
type Ran = Line & { readonly kept: Kept; readonly own: Own }
export type RunWindow = {
  readonly window: Window
  readonly asOf: number
  readonly instants: Instants
  readonly ran: readonly Ran[]
}

type Concluding = {
  readonly tries: number
  readonly seed: number
  readonly journal: Journal | null
  /** Ids of the rows that were asked for. */
  readonly rows: readonly string[]
}

/** What all windows come to once every row is measured: what luck explains depends on all of them. */
export function conclude(ran: readonly RunWindow[], settings: Concluding): WindowReport[] {
  const sharpes = ran.flatMap((one) => one.ran.flatMap(({ own }) => own.shape?.sharpe ?? []))
  const about = { ...settings, lucky: luckySharpe(settings.tries, varianceOf(sharpes)) }
  return ran.map((one) => reportOf(one, about))
}

const varianceOf = (values: readonly number[]): number => {
  if (values.length < 2) return 0
  const centre = mean(values)
  return values.reduce((sum, one) => sum + (one - centre) ** 2, 0) / (values.length - 1)
}

type About = Concluding & { readonly lucky: number }

function reportOf({ window, asOf, instants, ran }: RunWindow, about: About): WindowReport {
  const { horizonMs } = timeframes[window.timeframe]
  const held = ran.find(({ row, analyst }) => row.id === reference && analyst === 'rules')!
  const rows = ran.map((one): Row => {
    const drawing = { blockMs: horizonMs, random: seededRandom(about.seed + 2) }
    const lead = one === held ? null : leadOf(one.kept.decisionR, held.kept.decisionR, instants, drawing)
    const result: Result = { ...one.own.result, lead, sharpe: sharpeOf(one.own, about.lucky) }
    const base = rowOf(one)
    const mute = one.analyst === 'model' && result.heard === 0
    if (mute)
      return {
        ...base,
        notRun: muteOf(result),
        verdict: `${base.label}: not run.`,
      }
    const warnings = one.analyst === 'model' ? modelWarnings(about.journal!, Date.parse(window.from), result) : []
    const verdict = verdictOf(base.label, result, about.tries)
    return { ...base, warnings, result, verdict: one.analyst === 'model' ? `${verdict}${partOf(result)}` : verdict }
  })
  const { journal, rows: asked } = about
  const silent = journal
    ? []
    : rowPlans
        .filter(({ id }) => asked.includes(id))
        .map((row): Row => {
          const base = rowOf({ row, analyst: 'model' })
          return { ...base, notRun: 'not run: no journal', verdict: `${base.label}: not run, no journal.` }
        })
  const { id, about: words, timeframe, from, to, every, tokens } = window
  return {
    id,
    about: words,
    timeframe,
    from,
    to,
    asOf: toIso(asOf),
    everyMs: every,
    tokens,
    rows: [...rows.toSorted(worstFirst), ...silent],
  }
}

const worstFirst = (a: Row, b: Row): number => meanR(a) - meanR(b)
const meanR = ({ result }: Row): number => (result ? (result.r.value ?? 1e6) : 1e9)

const rowOf = ({ row: { id, label, mode, weights, kinds }, analyst }: Line): Omit<Row, 'verdict'> => ({
  id: analyst === 'model' ? `${id}+model` : id,
  label: analyst === 'model' ? `${label}, with the model` : label,
  mode,
  weights,
  kinds: [...kinds],
  analyst,
  notRun: null,
  warnings: [],
  result: null,
})

function sharpeOf({ shape }: Own, lucky: number): Result['sharpe'] {
  if (!shape) return null
  const { n, sharpe, skew, kurtosis } = shape
  return { blocks: n, sharpe, skew, kurtosis, lucky, probability: deflatedSharpe(shape, lucky) }
}

const muteOf = ({ askable }: Result): string =>
  askable === 0
    ? 'not run: no instant has a call that a model could weigh'
    : `not run: the journal holds no usable opinion about these briefs (${askable} unheard)`

/** A verdict on a row that is only partly the model's says so. */
const partOf = ({ heard, askable }: Result): string =>
  heard === askable ? '' : ` The model was heard at ${heard} of ${askable} instants only.`

function modelWarnings({ models }: Journal, from: number, { heard, askable }: Result): string[] {
  const cut = models.map((model) => cutoffWarning(model, from)).filter((one) => one !== null)
  if (heard === askable) return cut
  const unheard = `heard at ${heard} of ${askable} instants with a call to weigh; at the ${askable - heard} others the rules stand, and these figures are of both`
  return [...cut, unheard]
}

/** In one sentence how many rows came to what, then each of them: losers first, then what cannot be said. */
export function verdictsOf(windows: readonly WindowReport[]): string[] {
  const all = windows.flatMap((window) =>
    window.rows.filter(({ result }) => result !== null).map((row) => ({ row, said: `${window.id}, ${row.verdict}` })),
  )
  return [
    countOf(all.map(({ row }) => row.verdict)),
    ...all.toSorted((a, b) => worstFirst(a.row, b.row)).map(({ said }) => said),
  ]
}

function countOf(verdicts: readonly string[]): string {
  const of = (words: string) => verdicts.filter((verdict) => verdict.includes(words)).length
  const better = of(': better than')
  const told = `${of('lost money after costs')} lost money, ${of('not shown to have an edge')} are not shown to have an edge, of ${of('nothing can be said')} nothing can be said, ${of('made no call')} made no call`
  return `Of ${verdicts.length} rows ${told}, ${better === 0 ? 'and none is shown to be better than chance' : `and ${better} stood every test`}.`
}
