import { canonical, houseProfile, timeframes, toIso, type Candles, type Fit } from '@pumpiq/domain'
import { sha256Hex } from '../platform/hash.ts'
import { seededRandom } from '../platform/random.ts'
import { createCaller } from './caller.ts'
import { conclude, verdictsOf, type Line, type RunWindow } from './conclude.ts'
import { createLibrary, type Shelf } from './library.ts'
import { measureRow } from './measure.ts'
import type { Window } from './plan.ts'
import { createRecord } from './record.ts'
import { abreast, fitsFor, replayed, windowsOf } from './replayed.ts'
import { labels } from './replay.ts'
import type { EvaluationReport } from './report.ts'
import { reference, rowPlans } from './rows.ts'
import type { EvaluationNeeds, EvaluationSettings } from './settings.ts'

/** The whole evaluation: every window of the plan replayed, every row followed and measured, and what it comes to. */
export async function evaluate(settings: EvaluationSettings, needs: EvaluationNeeds): Promise<EvaluationReport> {
  const startedAt = needs.clock.monotonic()
  const { plan, folder, triedBefore } = settings
  const library = createLibrary(folder, plan)
  const opened: Opened[] = []
  for (const window of windowsOf(settings)) {
    needs.abort.throwIfAborted()
    needs.progress(`${window.id}: reading files`)
    opened.push({ window, shelf: await library.shelfFor(window), fits: await fitsFor({ window, settings, needs }) })
  }
  const lines = linesOf(settings)
  if (settings.asker) for (const one of opened) await askOf(one, { lines, asker: settings.asker, needs })
  const tries = Math.max(1, lines.length * opened.length + triedBefore)
  const ran: RunWindow[] = []
  for (const one of opened) ran.push(await runWindow(one, { lines, tries, settings, needs }))
  const reports = conclude(ran, { tries, seed: settings.seed, journal: settings.journal, rows: settings.rows })
  return {
    form: 'pumpiq-evaluation-1',
    labels: [...labels],
    plan: { name: plan.name, about: plan.about, sha256: sha256Hex(canonical(plan)) },
    engine: { version: needs.version, models: [...(settings.journal?.models ?? [])] },
    settings: {
      seed: settings.seed,
      from: settings.from === undefined ? null : toIso(settings.from),
      to: settings.to === undefined ? null : toIso(settings.to),
      rows: lines.map(({ row, analyst }) => (analyst === 'model' ? `${row.id} + model` : row.id)),
      costs: houseProfile.costs,
      triedBefore,
      tries,
      fits: settings.fits.length,
      calibrated: settings.calibrated,
    },
    asking: settings.asker?.told() ?? null,
    verdicts: verdictsOf(reports),
    windows: reports,
    manifest: library.manifest(),
    seconds: Math.round(needs.clock.monotonic() - startedAt) / 1_000,
  }
}

/** The rules always run the reference; a model, which costs, only what was asked for. */
function linesOf({ rows, journal }: EvaluationSettings): Line[] {
  const wanted = rowPlans.filter(({ id }) => rows.includes(id))
  const always = rowPlans.filter(({ id }) => id === reference || rows.includes(id))
  return [
    ...always.map((row): Line => ({ row, analyst: 'rules' })),
    ...(journal ? wanted : []).map((row): Line => ({ row, analyst: 'model' })),
  ]
}

type Opened = { readonly window: Window; readonly shelf: Shelf; readonly fits: readonly Fit[] }
type Asking = {
  readonly lines: readonly Line[]
  readonly asker: NonNullable<EvaluationSettings['asker']>
  readonly needs: EvaluationNeeds
}

/**
 * Asks what the rows with the model would hear in a window. An answer changes the call before the next one, which is part of the next
 * question: so each token is followed instant by instant, with the answers, as the rows will be; tokens abreast, since they are independent.
 */
async function askOf({ window, shelf, fits }: Opened, { lines, asker, needs }: Asking): Promise<void> {
  const { timeframe } = window
  const rows = lines.filter(({ analyst }) => analyst === 'model')
  const callers = shelf.tokens.map(() =>
    rows.map(({ row }) => createCaller({ row, timeframe, version: needs.version, opinionOf: null, fits })),
  )
  await abreast({ window, shelf, needs }, async (moments) => {
    const seen = moments.flatMap((moment, token) =>
      moment ? callers[token]!.map((caller) => ({ caller, weighed: caller.weigh(moment) })) : [],
    )
    const opinions = await asker.opinionsOn(seen.map(({ weighed }) => weighed))
    for (const [i, { caller, weighed }] of seen.entries()) caller.call(weighed, opinions[i]!)
  })
}

type Running = {
  readonly lines: readonly Line[]
  readonly tries: number
  readonly settings: EvaluationSettings
  readonly needs: EvaluationNeeds
}

async function runWindow(
  { window, shelf, fits }: Opened,
  { lines, tries, settings, needs }: Running,
): Promise<RunWindow> {
  const { timeframe } = window
  const { horizonMs } = timeframes[timeframe]
  const asOf = Math.max(...shelf.tokens.map(({ recorded }) => closeOf(recorded.finer ?? recorded.candles)))
  const random = seededRandom(settings.seed)
  const books = lines.map(({ row, analyst }) => ({
    line: { row, analyst },
    caller: createCaller({
      row,
      timeframe,
      version: needs.version,
      opinionOf: analyst === 'model' ? settings.journal!.opinionOf : null,
      fits,
    }),
    record: createRecord({ horizonMs, costs: houseProfile.costs, asOf, random }),
  }))
  const instants = await replayed({ window, shelf, needs }, (moment, trend) => {
    for (const { caller, record } of books) record.add(moment, caller.callAt(moment), { trend })
  })
  const span = { from: Date.parse(window.from), to: Date.parse(window.to) }
  const about = { instants, symbols: window.tokens, ...span, horizonMs, tries }
  const ran = books.map(({ line, record }) => {
    const kept = record.kept()
    return { ...line, kept, own: measureRow({ kept, ...about, random: seededRandom(settings.seed + 1) }) }
  })
  return { window, asOf, instants, ran }
}

const closeOf = ({ openAt, length, intervalMs }: Candles): number => openAt[length - 1]! + intervalMs
