import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const exec = promisify(execFile)
const here = fileURLToPath(new URL('.', import.meta.url))

export type Options = { readonly smoke: boolean; readonly rounds: number }

/** One peer at one case. `ratio` is how many times our time the peer takes: the median of the rounds' ratios; 1 for ourselves. */
export type Row = {
  readonly peer: string
  readonly case: string
  readonly n: number
  readonly unit: string
  readonly median: number
  readonly min: number
  readonly max: number
  readonly ratio: number | null
  /** Its results were ours; or in which known way they are not. */
  readonly agrees: true | string
}
export type Goal = { readonly text: string; readonly wanted: string; readonly got: string; readonly reached: boolean }
export type Skipped = { readonly peer: string; readonly why: string }
export type Findings = {
  readonly rows: readonly Row[]
  readonly goals: readonly Goal[]
  readonly skipped: readonly Skipped[]
}

/** One subject of speed. A result that is not as it should be is thrown: figures of wrong answers are worth nothing. */
export type Area = { readonly name: string; run(options: Options): Promise<Findings> }

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Processor time of this process so far, all threads, in nanoseconds. */
export function cpuNs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) * 1e3
}

/** Calls until V8 has settled: so many, but no longer than so much processor time. */
export function settle(work: () => void, calls = 3_000, limitNs = 5e8): void {
  const start = cpuNs()
  for (let i = 0; i < calls && cpuNs() - start < limitNs; i++) work()
}

/**
 * Nanoseconds of processor time one call takes: the median of some stretches of about `stretchNs` each, or the one call where it alone
 * takes ten times that. Called in a peer's own process, after `settle`.
 */
export function timeOf(work: () => void, { stretchNs = 3e7, stretches = 3 } = {}): number {
  const stretch = (calls: number): number => {
    const start = cpuNs()
    for (let i = 0; i < calls; i++) work()
    return (cpuNs() - start) / calls
  }
  const once = stretch(1)
  if (once > 10 * stretchNs) return once
  const calls = Math.max(1, Math.min(5_000, Math.round(stretchNs / Math.max(1, once))))
  return median(Array.from({ length: stretches }, () => stretch(calls)))
}

/** Runs `bench/peers/SCRIPT` in a process of its own; its standard output is one JSON document. */
export async function inOwnProcess(
  script: string,
  args: readonly string[],
  flags: readonly string[] = [],
): Promise<unknown> {
  const { stdout } = await exec(process.execPath, [...flags, `${here}peers/${script}`, ...args], { maxBuffer: 2 ** 28 })
  return JSON.parse(stdout) as unknown
}

/** Every contender once a round, forth and back in turn, so that a machine that slows down slows all. */
export async function interleaved<T>(
  names: readonly string[],
  rounds: number,
  once: (name: string) => Promise<T>,
): Promise<Map<string, T[]>> {
  const found = new Map<string, T[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    process.stderr.write(`round ${round + 1} of ${rounds}\r`)
    for (const name of round % 2 === 0 ? names : names.toReversed()) found.get(name)!.push(await once(name))
  }
  return found
}

/** The median of `theirs[round] / ours[round]`. */
export const ratioOf = (ours: readonly number[], theirs: readonly number[]): number =>
  median(theirs.map((value, round) => value / ours[round]!))

export async function report(
  area: string,
  { rows, goals, skipped }: Findings,
  { smoke, rounds }: Options,
): Promise<string> {
  const machine = {
    node: process.versions.node,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    load: loadavg().map((load) => Number(load.toFixed(2))),
  }
  const commit = await exec('git', ['-C', here, 'rev-parse', '--short', 'HEAD']).then(
    ({ stdout }) => stdout.trim(),
    () => 'unknown',
  )
  await mkdir(`${here}out`, { recursive: true })
  const document = { area, commit, ...machine, smoke, rounds, rows, goals, skipped }
  await writeFile(`${here}out/${area}.json`, `${JSON.stringify(document, null, 2)}\n`)
  const shown = rows.map((row) => [
    `${row.case} x ${row.n}`,
    row.peer,
    `${row.median.toPrecision(3)} ${row.unit}`,
    row.ratio === null ? '-' : `x ${row.ratio.toPrecision(3)}`,
    row.agrees === true ? 'agrees' : row.agrees,
  ])
  const widths = [0, 1, 2, 3].map((k) => Math.max(...shown.map((cells) => cells[k]!.length)))
  const lines = [
    `${area}: commit ${commit}, Node ${machine.node}, ${machine.cores} cores, load ${machine.load[0]}, ${rounds} rounds${smoke ? ', SMOKE: sizes are tiny, times mean nothing' : ''}`,
    ...shown.map(
      (cells) =>
        `  ${cells.map((cell, k) => (k === 2 || k === 3 ? cell.padStart(widths[k]!) : cell.padEnd(widths[k] ?? 0))).join('  ')}`,
    ),
    ...goals.map(
      ({ text, wanted, got, reached }) =>
        `  ${smoke ? 'goal' : reached ? 'REACHED' : 'MISSED'}  ${text}: wanted ${wanted}, got ${got}`,
    ),
    ...skipped.map(({ peer, why }) => `  skipped  ${peer}: ${why}`),
  ]
  return `${lines.join('\n')}\n`
}
