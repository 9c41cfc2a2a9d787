import { expect, it } from 'vitest'
import { postgresPrograms } from './postgres.ts'
import { isRedisInstalled } from './redis.ts'
import { type Scenario, table } from './report.ts'

/** The same each time, so that a change is judged by what it changes; other seeds are for `npm run chaos -- NAME --seed N`. */
const seed = 20_261

const withPostgres = postgresPrograms() !== null

const scenarios: Readonly<Record<string, { there: boolean; load(): Promise<Scenario> }>> = {
  fuzz: { there: true, load: async () => (await import('./scenarios/fuzz.ts')).fuzz },
  'back-fill': { there: true, load: async () => (await import('./scenarios/back-fill.ts')).backFill },
  'exactly-once-embedded': {
    there: true,
    load: async () => (await import('./scenarios/exactly-once-embedded.ts')).exactlyOnceEmbedded,
  },
  'catch-up': { there: withPostgres, load: async () => (await import('./scenarios/catch-up.ts')).catchUp },
  limits: {
    there: withPostgres && isRedisInstalled(),
    load: async () => (await import('./scenarios/limits.ts')).limits,
  },
  'exactly-once': {
    there: withPostgres && isRedisInstalled(),
    load: async () => (await import('./scenarios/exactly-once.ts')).exactlyOnce,
  },
}

for (const [name, { there, load }] of Object.entries(scenarios)) {
  const skipped = there ? '' : ' (skipped: no PostgreSQL or Redis server is installed here)'
  it.skipIf(!there)(`${name} holds in small, seed ${seed}${skipped}`, async () => {
    const { run } = await load()
    const said: string[] = []
    const figures = await run({ full: false, seed, say: (sentence) => void said.push(sentence) })
    expect(
      figures.filter(({ ok }) => !ok),
      [`seed ${seed}`, ...said, table(figures)].join('\n'),
    ).toEqual([])
  })
}
