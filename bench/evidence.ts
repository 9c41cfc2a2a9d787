import { type Area, inOwnProcess, median, type Row } from './harness.ts'

type Kind = 'news' | 'onchain' | 'technical' | 'social'
type Measured = Readonly<
  Record<Kind, { readonly first: number; readonly fresh: number; readonly dossier: number; readonly readings: number }>
>

const kinds = ['news', 'onchain', 'technical', 'social'] as const
const paths = {
  first: 'gathered for the first time',
  fresh: 'gathered while fresh',
  dossier: 'the dossier alone',
} as const

const places = { embedded: 'database in it', apart: 'PostgreSQL apart' } as const

/**
 * What evidence of a token costs us in processor time, everything but the network, kind by kind: 100 articles, 500 posts, 6 sources of
 * figures. What is our own shows where the database is a process of its own.
 */
export const evidence: Area = {
  name: 'evidence',
  async run({ smoke, rounds }) {
    const args = smoke ? ['1', '1'] : ['6', '10']
    const all: Record<keyof typeof places, Measured[]> = { embedded: [], apart: [] }
    for (let round = 0; round < rounds; round++)
      for (const place of ['embedded', 'apart'] as const) {
        const one = (await inOwnProcess('evidence.ts', [...args, place])) as Measured | null
        if (one) all[place].push(one)
      }
    const rows = (['embedded', 'apart'] as const).flatMap((place) => rowsOf(place, all[place]))
    const own = all.apart.length > 0 ? all.apart : all.embedded
    const goals = kinds.map((kind) => {
      const got = median(own.map((one) => one[kind].fresh))
      const text = `own processor time of a token's ${kind} whose answers are fresh`
      return { text, wanted: 'under 5 ms', got: `${got.toFixed(1)} ms`, reached: got < 5 }
    })
    const skipped = all.apart.length > 0 ? [] : [{ peer: 'PostgreSQL apart', why: 'none answers at 127.0.0.1:5432' }]
    return { rows, goals, skipped }
  },
}

function rowsOf(place: keyof typeof places, all: readonly Measured[]): Row[] {
  const silent = kinds.filter((kind) => all.some((one) => one[kind].readings === 0))
  if (silent.length > 0) throw new Error(`nothing was read of ${silent.join(', ')}: nothing was measured`)
  if (all.length === 0) return []
  return kinds.flatMap((kind) =>
    (['first', 'fresh', 'dossier'] as const).map((path): Row => {
      const times = all.map((one) => one[kind][path])
      const figures = { median: median(times), min: Math.min(...times), max: Math.max(...times) }
      const name = `${kind}, ${paths[path]}, ${places[place]}`
      return { peer: 'ours', case: name, n: 1, unit: 'ms', ...figures, ratio: null, agrees: true }
    }),
  )
}
