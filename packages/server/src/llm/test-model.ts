import { z } from 'zod'
import type { Db } from '../db/db.ts'
import { createFetch } from '../network/fetch.ts'
import { systemClock, type Clock } from '../platform/clock.ts'
import { systemIds } from '../platform/ids.ts'
import { createCollectedLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { createSecret } from '../platform/secret.ts'
import { createModel } from './create-model.ts'
import type { ModelCaller, ModelQuestion } from './model.ts'
import { openaiBaseUrl, type ModelSettings } from './settings.ts'

export const Answer = z.strictObject({ why: z.string(), stance: z.enum(['agree', 'caution']) })
export type Answer = z.output<typeof Answer>
export const good: Answer = { why: 'because', stance: 'agree' }

/** The secret that must be found nowhere. */
export const testKey = 'sk-test-4f7c1d0a9b8e'

/** A question that no other test asks, unless it is given a prompt. */
export function question(wish: Partial<ModelQuestion<Answer>> = {}): ModelQuestion<Answer> {
  return {
    purpose: 'analyst',
    instructions: 'Weigh the evidence.',
    prompt: `Evidence ${systemIds.next()}`,
    schema: Answer,
    schemaName: 'answer',
    maxOutputTokens: 200,
    timeoutMs: 9_000,
    caller: { userId: 'ann' },
    ...wish,
  }
}

type Wish = {
  db: Db
  upstream: string
  settings?: Partial<ModelSettings>
  clock?: Clock
  userUsdPerDay?: (caller: ModelCaller) => number
}

/** A model as OpenAI's, behind an upstream; `close` ends its connections too. */
export function openModel({ db, upstream, settings, clock = systemClock, userUsdPerDay }: Wish) {
  const fetch = createFetch({ upstream })
  const log = createCollectedLog()
  const model = createModel({
    db,
    fetch,
    clock,
    guard: systemClock,
    random: seededRandom(1),
    ids: systemIds,
    log,
    settings: {
      model: 'gpt-4o',
      successor: 'gpt-6-luna',
      baseUrl: openaiBaseUrl,
      key: createSecret(testKey),
      usdPerDay: 1,
      price: null,
      ...settings,
    },
    ...(userUsdPerDay && { userUsdPerDay }),
  })
  return {
    model,
    log,
    async close(): Promise<void> {
      await model.close()
      await fetch.close()
    },
  }
}
