import { rules, toIso, type Brief, type PastCall } from '@pumpiq/domain'
import { sampleBrief, sampleCandles, sampleRecording } from '@pumpiq/domain/testing'
import { describe, expect, it } from 'vitest'
import type { Model, ModelQuestion, ModelReply } from '../llm/model.ts'
import { createModelAnalyst } from './model.ts'

const candles = sampleCandles(11, 600)
const at = candles.openAt[599]! + candles.intervalMs
const brief = (over: Partial<Brief> = {}, bars = 600): Brief =>
  sampleBrief(sampleRecording(candles), candles.openAt[bars - 1]! + candles.intervalMs, over)
function asked(ending: 'answered' | 'slow' = 'answered') {
  const questions: ModelQuestion<unknown>[] = []
  const model: Model = {
    id: () => 'm',
    async ask<T>(question: ModelQuestion<T>) {
      questions.push(question)
      const tokens = { input: 2_000, cachedInput: 1_024, output: 300 }
      const rest = { model: 'm', promptHash: 'h', tokens, costUsd: 0.006, latencyMs: 5, fromJournal: false }
      return { ...rest, ending, ...(ending === 'answered' && { answer: { stance: 'agree' } }) } as ModelReply<T>
    },
  }
  const analyst = createModelAnalyst({ model })
  const analyse = (one: Brief) => analyst.analyse(one, rules(one), { userId: 'u', abort: undefined })
  return { questions, analyse }
}
const past = (type: PastCall['type'], agoMs: number): PastCall => ({
  id: '01900000-0000-7000-8000-000000000001',
  type,
  issuedAt: toIso(at - agoMs),
  score: 0,
  contributions: {},
})

describe('the model as an analyst', () => {
  it('is asked once, within ten seconds and a thousand tokens, in the name of who asks', async () => {
    const { questions, analyse } = asked()
    const opinion = await analyse(brief())
    expect(opinion).toMatchObject({ analyst: 'model', ending: 'answered', costUsd: 0.006, answer: { stance: 'agree' } })
    expect(questions).toHaveLength(1)
    expect(questions[0]).toMatchObject({ purpose: 'analyst', caller: { userId: 'u' } })
    expect(questions[0]!.maxOutputTokens).toBeLessThanOrEqual(1_000)
    expect(questions[0]!.timeoutMs).toBeLessThan(10_000)
  })

  it('tells how it failed in the opinion itself', async () =>
    expect(await asked('slow').analyse(brief())).toMatchObject({ ending: 'slow', answer: null }))

  it('is not asked where no call could be made', async () => {
    const { questions, analyse } = asked()
    expect(await analyse(brief({}, 100))).toBeNull()
    expect(questions).toEqual([])
  })

  it('is asked of a house call again when the rules changed theirs, or after four hours', async () => {
    const { type } = rules(brief()).call
    const times = async (previous: PastCall) => {
      const { questions, analyse } = asked()
      await analyse(brief({ house: true, previous }))
      return questions.length
    }
    expect(await times(past(type, 3_600_000))).toBe(0)
    expect(await times(past(type, 4 * 3_600_000))).toBe(1)
    expect(await times(past('AVOID', 3_600_000))).toBe(1)
  })
})
