import { expect, it } from 'vitest'
import { Failure, houseProfile, type Recommendation } from '@pumpiq/domain'
import { knownTokens } from '../tokens/known.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { createAskAdvice } from './ask.ts'
import type { Recommendations } from './store.ts'

const token = knownTokens[0]!
const nothingKept = { latest: async () => null } as unknown as Recommendations
const clock = createManualClock(0)

it('asks nothing for a client who has left already, so that no failure is left without anybody to hear it', async () => {
  const left = AbortSignal.abort(new Failure('unavailable', 'the client has gone'))
  let asked = 0
  const advise = () => {
    asked++
    return Promise.reject(new Failure('unavailable', 'no disk'))
  }
  const askAdvice = createAskAdvice({ advise, recommendations: nothingKept, clock })
  await expect(askAdvice('local', token, houseProfile, undefined, left)).rejects.toThrow('the client has gone')
  expect(asked).toBe(0)
})

it('makes one answer for equal questions in flight, and a new one once it has been given', async () => {
  const answers: ((document: Recommendation) => void)[] = []
  const advise = () => new Promise<Recommendation>((resolve) => answers.push(resolve))
  const askAdvice = createAskAdvice({ advise, recommendations: nothingKept, clock })
  const both = Promise.all([askAdvice('local', token, houseProfile), askAdvice('local', token, houseProfile)])
  await expect.poll(() => answers.length).toBe(1)
  const document = { id: 'one' } as Recommendation
  answers[0]!(document)
  expect(await both).toEqual([
    { made: true, document },
    { made: false, document },
  ])
  void askAdvice('local', token, houseProfile)
  await expect.poll(() => answers.length).toBe(2)
})
