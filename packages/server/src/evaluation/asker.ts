import { seconds, endings as endingWords, type ModelEnding, type ModelOpinion } from '@pumpiq/domain'
import type { Analyst } from '../analysts/analyst.ts'
import { isWorthAsking } from '../analysts/model.ts'
import type { Clock } from '../platform/clock.ts'
import type { Weighed } from './caller.ts'
import type { GrowingJournal, PromptHashOf } from './journal.ts'
import type { Asking } from './report.ts'

export type Asker = {
  /** What is thought of each of one step, from the journal or asked now; null: not asked, or to no use. */
  opinionsOn(weighed: readonly Weighed[]): Promise<(ModelOpinion | null)[]>
  told(): Asking
}

type Needs = {
  readonly analyst: Pick<Analyst, 'analyse'>
  /** The model that is asked, by name. */
  readonly model: string
  readonly journal: GrowingJournal
  readonly promptHashOf: PromptHashOf
  /** Puts an opinion where it outlives the process. */
  keep(opinion: ModelOpinion): Promise<void>
  readonly atMost: number
  /** Waits for as long as the vendor wants to be left alone. */
  pause(): Promise<void>
  readonly clock: Pick<Clock, 'monotonic'>
  /** One line of progress, without its line feed. */
  progress(line: string): void
  readonly abort: AbortSignal
}

type Question = { readonly hash: string; readonly weighed: Weighed }

/** So many questions are under way at a time. */
const atOnce = 4
const inVainAtMost = 5
const tellMs = seconds(5)

/** The model had its say, if only to refuse: it would cost as much to hear that again. Whatever else went wrong may pass. */
const ofTheModel: ReadonlySet<ModelEnding> = new Set<ModelEnding>([
  'answered',
  'refused',
  'filtered',
  'length',
  'empty',
  'broken',
  'invalid',
])

/** After these every further question would end so. */
const final: ReadonlySet<ModelEnding> = new Set<ModelEnding>(['overspent', 'exhausted', 'unauthorized', 'gone'])

/** What may have been the fault of those that were under way beside it: asked once more, alone. */
const crowded: ReadonlySet<ModelEnding> = new Set<ModelEnding>(['overspent', 'throttled'])

/** Asks what the journal does not hold, in the order in which it comes, each question once and so many at most; then only counts them. */
export function createAsker(needs: Needs): Asker {
  const { analyst, model, journal, promptHashOf, keep, atMost, pause, clock, progress, abort } = needs
  const missing = new Set<string>()
  const endings: Partial<Record<ModelEnding, number>> = {}
  let [asked, recorded, usd, inVain] = [0, 0, 0, 0]
  let stopped: string | null = null
  let toldAt = Number.NEGATIVE_INFINITY

  async function put({ weighed: { brief, own } }: Question): Promise<ModelOpinion> {
    const opinion = await analyst.analyse(brief, own, { userId: 'evaluation', abort })
    if (!opinion) throw new TypeError('a question that is worth asking was not asked')
    usd += opinion.costUsd ?? 0
    if (ofTheModel.has(opinion.ending)) {
      await keep(opinion)
      journal.add(opinion)
      recorded++
    }
    return opinion
  }

  async function putAgain(question: Question, { ending }: ModelOpinion): Promise<ModelOpinion> {
    if (ending === 'throttled') await pause()
    return put(question)
  }

  function count({ ending }: ModelOpinion): void {
    inVain = ofTheModel.has(ending) ? 0 : inVain + 1
    if (final.has(ending)) stopped = endingWords[ending]
    else if (inVain >= inVainAtMost) stopped = `${inVain} questions in a row came to nothing: ${endingWords[ending]}`
    // Nothing was sent.
    if (ending === 'overspent') return
    asked++
    endings[ending] = (endings[ending] ?? 0) + 1
  }

  async function ask(questions: readonly Question[]): Promise<void> {
    let rest = questions
    while (stopped === null && asked < atMost && rest.length > 0) {
      const some = rest.slice(0, Math.min(atOnce, atMost - asked))
      rest = rest.slice(some.length)
      const opinions = await Promise.all(some.map(put))
      for (const [i, first] of opinions.entries())
        count(crowded.has(first.ending) && stopped === null ? await putAgain(some[i]!, first) : first)
      tell()
    }
  }

  /** Now and then, and at the end. */
  function tell(): void {
    const isEnd = stopped !== null || asked >= atMost
    if (!isEnd && clock.monotonic() < toldAt + tellMs) return
    toldAt = clock.monotonic()
    const why = stopped === null ? '' : `, asking ends: ${stopped}`
    progress(`${model}: ${asked} of at most ${atMost} questions asked, $${usd.toFixed(4)}${why}`)
  }

  /** Those of a step that nobody was asked yet, each once. */
  function newAmong(weighed: readonly Weighed[]): Question[] {
    const found = new Map<string, Question>()
    for (const one of weighed) {
      const { brief, own } = one
      if (!isWorthAsking(brief, own) || journal.opinionOf(brief, own)) continue
      const hash = promptHashOf(brief, own, model)
      if (!missing.has(hash)) found.set(hash, { hash, weighed: one })
      missing.add(hash)
    }
    return [...found.values()]
  }

  return {
    async opinionsOn(weighed) {
      await ask(newAmong(weighed))
      return weighed.map(({ brief, own }) => (isWorthAsking(brief, own) ? journal.opinionOf(brief, own) : null))
    },
    told: () => ({ model, atMost, missing: missing.size, asked, recorded, endings, usd, stopped }),
  }
}
