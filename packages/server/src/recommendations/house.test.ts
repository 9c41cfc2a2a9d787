import { expect, it } from 'vitest'
import type { Recommendation } from '@pumpiq/domain'
import { createManualClock } from '../platform/manual-clock.ts'
import { silentLog } from '../platform/log.ts'
import { knownTokens } from '../tokens/known.ts'
import type { Tokens } from '../tokens/tokens.ts'
import { createHouse } from './house.ts'

it('closing waits for the call under way, also when another round was asked for meanwhile', async () => {
  const answers: (() => void)[] = []
  const advise = () =>
    new Promise<Recommendation>((resolve) => answers.push(() => resolve({ id: 'one' } as Recommendation)))
  const tokens = { universe: async () => [knownTokens[0]!] } as unknown as Tokens
  const house = createHouse({ tokens, advise, clock: createManualClock(0), log: silentLog, called: async () => 0 })
  void house.round()
  await expect.poll(() => answers.length).toBe(1)
  void house.round()
  let stopped = false
  const stop = house.stop().then(() => (stopped = true))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(stopped).toBe(false)
  answers[0]!()
  await stop
  expect(answers.length).toBe(1)
})
