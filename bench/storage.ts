import { isPostgresThere } from '../packages/server/src/db/test-postgres.ts'
import {
  type Area,
  type Findings,
  type Goal,
  inOwnProcess,
  interleaved,
  median,
  type Options,
  ratioOf,
  type Row,
} from './harness.ts'

const ours = 'ours'
type Pair = { readonly ours: number; readonly bare: number }
type Read = { readonly n: number; readonly sum: number }
type Measured = {
  readonly rows: number
  readonly ingest: Pair
  readonly rollUpMs: number
  readonly latest: Pair
  readonly page: Pair
  readonly hours: Pair
  readonly reads: { readonly ours: readonly Read[]; readonly bare: readonly Read[] }
  readonly hoursRead: readonly [Read, Read]
}

/** Minutes in and out through the store, beside the plainest statements on the same table. */
export const storage: Area = {
  name: 'storage',
  async run(options) {
    const found = [await measure('pglite', options, 4)]
    const there = await isPostgresThere()
    if (there) found.push(await measure('postgres', options, 20))
    const skipped = there ? [] : [{ peer: 'postgres', why: 'nothing answers at 127.0.0.1:5432' }]
    return { rows: found.flatMap(({ rows }) => rows), goals: found.flatMap(({ goals }) => goals), skipped }
  },
}

async function measure(engine: string, { smoke, rounds }: Options, tokens: number): Promise<Findings> {
  const args = smoke ? ['2', '1500'] : [String(tokens), '50000']
  const all = await interleaved(
    [engine],
    rounds,
    async () => (await inOwnProcess('storage.ts', [engine, ...args])) as Measured,
  )
  const measured = all.get(engine)!
  for (const one of measured) checkReads(engine, one)
  const { rows } = measured[0]!
  const cases = { ingest: rows, latest: 500, page: 500, hours: 50_000 } as const
  return {
    rows: Object.entries(cases).flatMap(([name, n]) => rowsOf(engine, name as keyof typeof cases, n, measured)),
    goals: goalsOf(engine, measured),
    skipped: [],
  }
}

/** Both read the same; of hours we leave out the one that is not closed. */
function checkReads(engine: string, { reads, hoursRead: [own, theirs] }: Measured): void {
  const same = JSON.stringify(reads.ours) === JSON.stringify(reads.bare)
  if (!same || theirs.n - own.n > 1 || own.n === 0)
    throw new Error(
      `${engine}: the store reads ${JSON.stringify([reads.ours, own])}, bare is ${JSON.stringify([reads.bare, theirs])}`,
    )
}

const titles = {
  ingest: 'minutes in, 5,000 at a time',
  latest: 'the latest as numbers',
  page: 'the latest as decimal text',
  hours: 'the hours of',
} as const

function rowsOf(engine: string, name: keyof typeof titles, n: number, measured: readonly Measured[]): Row[] {
  return ([ours, 'bare'] as const).map((peer) => {
    const times = measured.map((one) => one[name][peer])
    return {
      peer: `${peer} on ${engine}`,
      case: titles[name],
      n,
      unit: 'ms',
      median: median(times),
      min: Math.min(...times),
      max: Math.max(...times),
      ratio:
        peer === ours
          ? 1
          : ratioOf(
              measured.map((one) => one[name].ours),
              times,
            ),
      agrees: true,
    }
  })
}

function goalsOf(engine: string, measured: readonly Measured[]): Goal[] {
  const speed = ratioOf(
    measured.map(({ ingest }) => ingest.ours),
    measured.map(({ ingest }) => ingest.bare),
  )
  const latest = ratioOf(
    measured.map((one) => one.latest.bare),
    measured.map((one) => one.latest.ours),
  )
  const hours = ratioOf(
    measured.map((one) => one.page.ours),
    measured.map((one) => one.hours.ours),
  )
  const perSecond = median(measured.map(({ rows, rollUpMs }) => rows / (rollUpMs / 1e3)))
  return [
    goal(`${engine}: speed of ingest against a bare unnest`, '>=', 0.8, speed),
    goal(`${engine}: time of the latest 500 against the bare driver`, '<=', 1.5, latest),
    goal(
      `${engine}: time of the hours of 50,000 minutes against the latest 500 (${Math.round(perSecond)} minutes rolled up a second)`,
      '<=',
      2,
      hours,
    ),
  ]
}

const goal = (text: string, way: '<=' | '>=', wanted: number, got: number): Goal => ({
  text,
  wanted: `${way} ${wanted}x`,
  got: `${got.toFixed(2)}x`,
  reached: way === '<=' ? got <= wanted : got >= wanted,
})
