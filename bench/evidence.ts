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

/** What evidence of a token costs us in processor time, everything but the network, kind by kind: 100 articles, 500 posts, 6 sources of figures. */
export const evidence: Area = {
  name: 'evidence',
  async run({ smoke, rounds }) {
    const args = smoke ? ['1', '1'] : ['6', '10']
    const all: Measured[] = []
    for (let round = 0; round < rounds; round++) all.push((await inOwnProcess('evidence.ts', args)) as Measured)
    const silent = kinds.filter((kind) => all.some((one) => one[kind].readings === 0))
    if (silent.length > 0) throw new Error(`nothing was read of ${silent.join(', ')}: nothing was measured`)
    const rows = kinds.flatMap((kind) =>
      (['first', 'fresh', 'dossier'] as const).map((path): Row => {
        const times = all.map((one) => one[kind][path])
        const figures = { median: median(times), min: Math.min(...times), max: Math.max(...times) }
        return {
          peer: 'ours',
          case: `${kind}, ${paths[path]}`,
          n: 1,
          unit: 'ms',
          ...figures,
          ratio: null,
          agrees: true,
        }
      }),
    )
    const goals = kinds.map((kind) => {
      const got = median(all.map((one) => one[kind].fresh))
      const text = `processor time of a token's ${kind} whose answers are fresh`
      return { text, wanted: 'under 5 ms', got: `${got.toFixed(1)} ms`, reached: got < 5 }
    })
    return { rows, goals, skipped: [] }
  },
}
