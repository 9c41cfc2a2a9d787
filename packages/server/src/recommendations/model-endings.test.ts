import { decide, endings, rules, type Brief, type ModelEnding } from '@pumpiq/domain'
import { sampleBrief, sampleCandles, sampleRecording } from '@pumpiq/domain/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createModelAnalyst } from '../analysts/model.ts'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { openModel } from '../llm/test-model.ts'
import { systemClock } from '../platform/clock.ts'
import { systemIds } from '../platform/ids.ts'
import { says, startModelServer, type ModelAnswering, type ModelServer } from '../testing/model-server.ts'

/** So often each ending is met in every run; `ENDING_ROUNDS=100` asks for more. */
const rounds = Number(process.env.ENDING_ROUNDS ?? 4)
const atOnce = 10

const sensible = {
  reasoning: ['The trend carries it {tech.ema-trend}.'],
  factors: [],
  conflicts: [],
  wouldChange: [],
  stop: null,
  target: null,
  stance: 'agree',
  adjustment: 0,
}

const cases: readonly (readonly [string, ModelEnding, ModelAnswering])[] = [
  ['an answer', 'answered', says.json(sensible)],
  ['a fenced answer', 'answered', says.fenced(sensible)],
  ['a refusal', 'refused', says.refusal()],
  ['a content filter', 'filtered', says.filtered()],
  ['an answer at its limit', 'length', says.length()],
  ['no text', 'empty', says.empty()],
  ['broken JSON', 'broken', says.broken()],
  ['JSON of another form', 'invalid', says.json({ verdict: 'BUY' })],
  ['silence', 'slow', says.slow(says.json(sensible), 30_000)],
  ['a line cut at once', 'unreachable', says.cut()],
  ['a line cut in the middle', 'unreachable', says.cutInTheMiddle()],
  ['401', 'unauthorized', says.unauthorized()],
  ['403', 'unauthorized', says.forbidden()],
  ['404 of both models', 'gone', says.gone()],
  ['429 for too many calls', 'throttled', says.throttled({ 'retry-after': '30' })],
  ['429 for an empty account', 'exhausted', says.insufficientQuota()],
  ['402', 'exhausted', says.noCredit()],
  ['503', 'failing', says.failing(503)],
  ['a page of a proxy', 'failing', says.page()],
  ['an error within a 200', 'failing', says.failedWithin()],
  ['400', 'rejected', says.wrongRequest()],
]

/** Another market each time, so that no question is answered from the journal. */
function briefOf(seed: number): Brief {
  const candles = sampleCandles(seed, 420)
  return sampleBrief(sampleRecording(candles), candles.openAt[419]! + candles.intervalMs)
}

describe('however the model ends', () => {
  let db: Db
  let server: ModelServer
  beforeAll(async () => {
    db = await createSavedDb()
    server = await startModelServer()
  }, 120_000)
  afterAll(async () => {
    await server.close()
    await db.destroy()
  })

  it.each(cases)(
    '%s: a recommendation stands within ten seconds and says so (%s)',
    { timeout: 600_000 },
    async (what, ending, answering) => {
      server.forget()
      server.answer(answering)
      const { model, close } = openModel({ db, upstream: server.upstream, settings: { usdPerDay: 1_000 } })
      await model.start()
      const analyst = createModelAnalyst({ model })
      const seen = new Map<ModelEnding, number>()
      let slowest = 0
      async function one(i: number): Promise<void> {
        const brief = briefOf(1_000 * cases.findIndex(([name]) => name === what) + i)
        const base = rules(brief)
        if (base.call.abstained !== null || base.call.type === 'AVOID') return
        const startedAt = systemClock.monotonic()
        const opinion = (await analyst.analyse(brief, base, { userId: 'u', abort: undefined }))!
        const made = decide({ brief, opinions: [base, opinion], id: systemIds.next(), inputsHash: '0'.repeat(64) })
        slowest = Math.max(slowest, systemClock.monotonic() - startedAt)
        seen.set(opinion.ending, (seen.get(opinion.ending) ?? 0) + 1)
        expect([made.type, made.stopLoss, made.engine.ending]).toEqual([
          base.call.type,
          base.call.levels ? String(base.call.levels.stop) : null,
          opinion.ending,
        ])
        const degraded = made.warnings.includes(`no AI text: ${endings[opinion.ending]}`)
        expect([made.engine.analyst, degraded]).toEqual(ending === 'answered' ? ['model', false] : ['rules', true])
      }
      for (let from = 0; from < rounds; from += atOnce)
        await Promise.all(Array.from({ length: Math.min(atOnce, rounds - from) }, (_, k) => one(from + k)))
      await close()
      expect([...seen.keys()]).toEqual([ending])
      expect(slowest).toBeLessThan(10_000)
      // An empty account is asked once more by nobody: those that were under way together at most.
      if (ending === 'exhausted') expect(server.calls.length).toBeLessThanOrEqual(atOnce)
    },
  )
})
