import { type Area, type Goal, inOwnProcess, median, type Row } from './harness.ts'

type Booked = {
  readonly asked: number
  readonly answered: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly usd: number
  readonly ms: number
}
type Measured = {
  readonly fixedTokens: number
  readonly changingTokens: number
  readonly first: Booked
  readonly successor: Booked
  /** Tokens of the question a document, one at a time and eight together, and of one answer. */
  readonly readAlone: number
  readonly readTogether: number
  readonly readAnswer: number
}

/** US dollars per million tokens of the model that reads by default, in and out. */
const reading = { 'gpt-4o': [2.5, 10], 'gpt-6-luna': [0.1, 0.5] } as const

/** What a recommendation with a model costs in tokens, dollars and our own processor time, and what reading a document does. */
export const synthesis: Area = {
  name: 'synthesis',
  async run({ smoke, rounds }) {
    const all: Measured[] = []
    for (let round = 0; round < rounds; round++)
      all.push((await inOwnProcess('synthesis.ts', [smoke ? '2' : '20'])) as Measured)
    const unanswered = all.find(({ first, successor }) => [first, successor].some((one) => one.answered < one.asked))
    if (unanswered) throw new Error('not every question was answered: nothing was measured')
    return { rows: rowsOf(all), goals: goalsOf(all), skipped: [] }
  },
}

function rowsOf(all: readonly Measured[]): Row[] {
  const row = (name: string, unit: string, pick: (one: Measured) => number): Row => {
    const values = all.map(pick)
    const figures = { median: median(values), min: Math.min(...values), max: Math.max(...values) }
    return { peer: 'ours', case: name, n: 1, unit, ...figures, ratio: null, agrees: true }
  }
  const dollars = ([input, output]: readonly [number, number], tokens: number, answer: number) =>
    ((input * tokens + output * answer) / 1e6) * 1_000
  return [
    row('question to the analyst, fixed part', 'tokens', (one) => one.fixedTokens),
    row('question to the analyst, what changes', 'tokens', (one) => one.changingTokens),
    row('question with the form, as the provider counts', 'tokens', ({ first }) => first.inputTokens),
    row('a long answer', 'tokens', ({ first }) => first.outputTokens),
    row('recommendation with gpt-4o', 'USD / 1000', ({ first }) => first.usd * 1_000),
    row('recommendation with gpt-6-luna', 'USD / 1000', ({ successor }) => successor.usd * 1_000),
    row('evidence to decision, own processor time', 'ms', ({ first }) => first.ms),
    row('document read alone', 'tokens', ({ readAlone }) => readAlone),
    row('document read with seven of its voice', 'tokens', ({ readTogether }) => readTogether),
    ...(['gpt-4o', 'gpt-6-luna'] as const).flatMap((model) => [
      row(`document read alone by ${model}`, 'USD / 1000', (one) =>
        dollars(reading[model], one.readAlone, one.readAnswer),
      ),
      row(`one of eight read by ${model}`, 'USD / 1000', (one) =>
        dollars(reading[model], one.readTogether, one.readAnswer),
      ),
    ]),
  ]
}

function goalsOf(all: readonly Measured[]): Goal[] {
  const most = (pick: (one: Measured) => number) => Math.max(...all.map(pick))
  const goal = (text: string, got: number, limit: number, unit: string): Goal => ({
    text,
    wanted: `at most ${limit}${unit}`,
    got: `${Number(got.toPrecision(3))}${unit}`,
    reached: got <= limit,
  })
  return [
    goal(
      'tokens of a question to the analyst',
      most(({ first }) => first.inputTokens),
      6_000,
      '',
    ),
    goal(
      'tokens of its answer',
      most(({ first }) => first.outputTokens),
      1_000,
      '',
    ),
    goal(
      'dollars a recommendation with gpt-4o',
      most(({ first }) => first.usd),
      0.025,
      '',
    ),
    goal(
      'dollars a recommendation with gpt-6-luna',
      most(({ successor }) => successor.usd),
      0.002,
      '',
    ),
    goal(
      'own processor time a recommendation',
      most(({ first }) => first.ms),
      50,
      ' ms',
    ),
  ]
}
