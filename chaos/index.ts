import { type Scenario, table } from './report.ts'

/** A new scenario is a file and its line here. */
const scenarios: Readonly<Record<string, () => Promise<Scenario>>> = {
  'back-fill': async () => (await import('./scenarios/back-fill.ts')).backFill,
  'catch-up': async () => (await import('./scenarios/catch-up.ts')).catchUp,
  'database-faults': async () => (await import('./scenarios/database-faults.ts')).databaseFaults,
  'double-start': async () => (await import('./scenarios/double-start.ts')).doubleStart,
  'exactly-once': async () => (await import('./scenarios/exactly-once.ts')).exactlyOnce,
  'exactly-once-embedded': async () => (await import('./scenarios/exactly-once-embedded.ts')).exactlyOnceEmbedded,
  fuzz: async () => (await import('./scenarios/fuzz.ts')).fuzz,
  'hand-over': async () => (await import('./scenarios/hand-over.ts')).handOver,
  limits: async () => (await import('./scenarios/limits.ts')).limits,
  'redis-faults': async () => (await import('./scenarios/redis-faults.ts')).redisFaults,
  soak: async () => (await import('./scenarios/soak.ts')).soak,
}

const usage = `npm run chaos -- NAME [NAME ...] [--full] [--seed N]

NAME is one of ${Object.keys(scenarios).join(', ')}, or all.
--full runs at the size the statements are made for, else a small one. --seed repeats what was drawn.
`

function read(args: readonly string[]): { names: readonly string[]; full: boolean; seed: number } | null {
  const at = args.indexOf('--seed')
  const seed = at < 0 ? Math.floor(Date.now() / 1_000) % 1_000_000 : Number(args[at + 1])
  const given = args.filter((arg, k) => arg !== '--full' && (at < 0 || (k !== at && k !== at + 1)))
  const names = given.includes('all') ? Object.keys(scenarios) : given
  const known = names.length > 0 && names.every((name) => Object.hasOwn(scenarios, name))
  return known && Number.isSafeInteger(seed) && seed >= 0 ? { names, full: args.includes('--full'), seed } : null
}

const asked = read(process.argv.slice(2))
if (!asked) {
  process.stderr.write(usage)
  process.exit(2)
}
const { names, full, seed } = asked
let failed = 0
for (const name of names) {
  const scenario = await scenarios[name]!()
  console.log(`\n== ${name}: ${scenario.summary}\n   ${full ? 'full' : 'small'}, seed ${seed}`)
  const startedAt = performance.now()
  try {
    const figures = await scenario.run({ full, seed, say: (sentence) => console.log(`   ${sentence}`) })
    console.log(table(figures))
    failed += figures.filter(({ ok }) => !ok).length
  } catch (fault) {
    failed++
    console.log(`FAILED: ${fault instanceof Error ? fault.stack : String(fault)}`)
  }
  console.log(`   ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`)
}
process.exit(failed === 0 ? 0 : 1)
