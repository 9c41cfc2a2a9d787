import type { RunningModel } from '../llm/create-model.ts'
import type { ModelHealth, ModelQuestion, ModelReply } from '../llm/model.ts'
import type { Metrics } from '../platform/metrics.ts'
import { untraced, type Trace } from '../platform/trace.ts'

/** Models that count what they are asked and how that ended, and are otherwise what they were. Each question is a step of what is traced. */
export function createCountedModel(metrics: Metrics, trace: Pick<Trace, 'step'> = untraced) {
  const took = metrics.histogram({
    name: 'pumpiq_model_question_duration_seconds',
    help: 'Seconds from a question to the language model to its end, by purpose and ending, those that cost nothing anew not among them. Its _count is the number of questions.',
    labels: ['purpose', 'ending'],
    bounds: [0.1, 0.25, 0.5, 1, 2, 4, 6, 8, 10, 20, 60],
  })
  const tokens = metrics.counter({
    name: 'pumpiq_model_tokens_total',
    help: 'Tokens of the language model by purpose and what they were: input, cached_input (a part of the input), output.',
    labels: ['purpose', 'part'],
  })
  const dollars = metrics.counter({
    name: 'pumpiq_model_cost_dollars_total',
    help: 'US dollars that questions of this process have cost, failed ones included.',
    labels: ['purpose'],
  })
  const shared = metrics.counter({
    name: 'pumpiq_model_shared_questions_total',
    help: 'Questions that cost nothing anew, by purpose and ending: answered from the journal, or ended together with an equal one under way.',
    labels: ['purpose', 'ending'],
  })

  function count({ purpose }: ModelQuestion<unknown>, reply: ModelReply<unknown>): void {
    const { ending } = reply
    if (reply.fromJournal) return shared({ purpose, ending })
    took({ purpose, ending }, reply.latencyMs / 1_000)
    dollars({ purpose }, reply.costUsd ?? 0)
    const { input = 0, cachedInput = 0, output = 0 } = reply.tokens ?? {}
    tokens({ purpose, part: 'input' }, input)
    tokens({ purpose, part: 'cached_input' }, cachedInput)
    tokens({ purpose, part: 'output' }, output)
  }

  return function countedModel(model: RunningModel): RunningModel {
    return {
      ...model,
      async ask(question) {
        const facts = { purpose: question.purpose, model: model.id() }
        const reply = await trace.step('ask the model', facts, () => model.ask(question))
        count(question, reply)
        return reply
      },
    }
  }
}

/** How both models are, by purpose; null: it is not known, or there is none. */
export type ModelsHealth = { readonly analyst: ModelHealth; readonly reader: ModelHealth }

/** Money is of all processes together: it is told once, as the analyst's account says it. */
export function tellModel(metrics: Metrics, read: () => ModelsHealth | null): void {
  const both = () => {
    const found = read()
    return found ? (['analyst', 'reader'] as const).map((purpose) => ({ purpose, ...found[purpose] })) : []
  }
  const spent = (of: (found: ModelHealth) => number) => () => {
    const found = read()
    return found ? [[{}, of(found.analyst)] as const] : []
  }
  metrics.told(
    'gauge',
    {
      name: 'pumpiq_model_spent_today_dollars',
      help: 'US dollars that the language model has cost in this UTC day, all processes together, what is set aside included.',
    },
    spent(({ usdToday }) => usdToday),
  )
  metrics.told(
    'gauge',
    {
      name: 'pumpiq_model_limit_today_dollars',
      help: 'US dollars that may be spent on the language model in a UTC day.',
    },
    spent(({ usdPerDay }) => usdPerDay),
  )
  const leftAlone = {
    name: 'pumpiq_model_left_alone',
    help: 'Whether this process leaves the language model alone for a while because of how it answered: 1 or 0.',
    labels: ['purpose'],
  } as const
  metrics.told('gauge', leftAlone, () =>
    both().map((one) => [{ purpose: one.purpose }, Number(one.leftAlone !== null)]),
  )
  const info = {
    name: 'pumpiq_model_info',
    help: 'Which language model is asked for a purpose, as it is named to its vendor; always 1.',
    labels: ['purpose', 'model'],
  } as const
  metrics.told('gauge', info, () => both().map(({ purpose, model }) => [{ purpose, model }, 1]))
}
