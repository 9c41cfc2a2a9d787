// One embedded process on a manual clock: what the scenario `soak` starts. Says one line of JSON after each simulated day.
import { hours, minutes } from '@pumpiq/domain'
import { mkdirSync } from 'node:fs'
import { createRollUps } from '../packages/server/src/evidence/rollups.ts'
import { seededRandom } from '../packages/server/src/platform/random.ts'
import { createBench } from '../packages/server/src/testing/bench.ts'
import { draft } from './calls.ts'
import { openEmbedded } from './installation.ts'
import { between, walk, type Telling } from './seeded.ts'

export type Sample = {
  readonly day: number
  readonly rssMb: number
  readonly heapMb: number
  readonly externalMb: number
  readonly open: number
  readonly ended: number
  readonly minutes: number
  readonly unhandled: number
}

const [folder = '', daysText, tokensText, stepText, seedText] = process.argv.slice(2)
const lastDay = Number(daysText)
const tokens = Number(tokensText)
const stepMs = minutes(Number(stepText))
const seed = Number(seedText)

let unhandled = 0
process.on('unhandledRejection', (reason) => {
  unhandled++
  process.stderr.write(`unhandled: ${String(reason)}\n`)
})

mkdirSync(folder, { recursive: true })
const opened = await openEmbedded(folder)
const random = seededRandom(seed)
const startAt = Date.UTC(2026, 2, 2, 10)
const bench = await createBench({ db: opened.db, ledgerPath: opened.ledgerPath, startAt })
const rollUps = createRollUps({ db: opened.db })

/** What the venue has yet to tell; all tokens trade alike, each is kept by itself. */
let untold: Telling[] = []
let price = 100
let nextAt = startAt - hours(2)

function trade(until: number): void {
  const { last, told } = walk({ from: nextAt, to: until, price, random })
  price = last.at(-1)?.close ?? price
  nextAt = until
  untold = [...untold, ...told].toSorted((a, b) => a.at - b.at)
  const due = untold.findIndex(({ at }) => at > until)
  for (const { bar } of untold.splice(0, due < 0 ? untold.length : due)) bench.bars.set(bar.openAt, bar)
  // A venue keeps its own history; ours need not hold more than is ever asked for.
  for (const openAt of bench.bars.keys()) if (openAt < until - hours(24)) bench.bars.delete(openAt)
}

/** Every token is called once in four hours, for a scalp or for up to three days. */
async function issueDue(at: number): Promise<void> {
  for (let n = 0; n < tokens; n++) {
    if (random() * hours(4) > stepMs) continue
    const listing = {
      token: `ethereum:0x${n.toString(16).padStart(40, '0')}`,
      symbol: 'BTC',
      walk: { last: [], told: [] },
    }
    const horizonMs = hours(between(random, 4, 72))
    const { inputsHash: _, ...wanted } = draft({ listing, issuedAt: at, horizonMs, price, random })
    await bench.issue(wanted)
  }
}

const countOf = async (table: 'following' | 'outcomes' | 'candle'): Promise<number> => {
  const { n } = await opened.db
    .selectFrom(table)
    .select((is) => is.fn.countAll<number>().as('n'))
    .$if(table === 'following', (query) => query.where('closed' as never, '=', false as never))
    .executeTakeFirstOrThrow()
  return n
}

const mb = (bytes: number) => Math.round((bytes / 2 ** 20) * 10) / 10

async function say(day: number, rssMb: number): Promise<void> {
  const { heapUsed, external } = process.memoryUsage()
  const counts = {
    open: await countOf('following'),
    ended: await countOf('outcomes'),
    minutes: await countOf('candle'),
  }
  const sample: Sample = { day, rssMb, heapMb: mb(heapUsed), externalMb: mb(external), ...counts, unhandled }
  process.stdout.write(`${JSON.stringify(sample)}\n`)
}

let peak = 0
let day = 1
for (let at = startAt; day <= lastDay;) {
  at += stepMs
  trade(at)
  await bench.to(at)
  await issueDue(at)
  if (at % hours(1) < stepMs) await rollUps.rollUp()
  ;(bench.log.entries as unknown[]).length = 0
  bench.venue.asked.length = 0
  peak = Math.max(peak, mb(process.memoryUsage().rss))
  if (at >= startAt + day * hours(24)) {
    await say(day, peak)
    peak = 0
    day++
  }
}
await bench.close()
await opened.close()
