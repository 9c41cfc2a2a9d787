import { expect, it } from 'vitest'
import type { Job } from './endpoints/jobs.ts'
import { waitForJob, type WaitOptions } from './wait-for-job.ts'

const job = (state: Job['state']): Job => ({
  id: '019e1b6e-3d30-702b-b6a4-ea3eeb304153',
  kind: 'batch',
  state,
  createdAt: '2026-05-12T09:04:30.000Z',
  endedAt: state === 'processing' ? null : '2026-05-12T09:05:30.000Z',
  estimatedCompletionAt: null,
  progress: { done: 0, failed: 0, total: 1 },
  results: [],
  items: [],
})

function waiting(states: readonly Job['state'][], options: WaitOptions = {}) {
  const time = { now: 0, asked: 0 }
  const one = async () => job(states[Math.min(time.asked++, states.length - 1)]!)
  const jobs = { one } as unknown as Parameters<typeof waitForJob>[0]['jobs']
  const sleep = async (ms: number) => void (time.now += ms)
  return { time, ended: waitForJob({ jobs }, job('pending').id, { edge: { now: () => time.now, sleep }, ...options }) }
}

it.each(['completed', 'failed', 'cancelled'] as const)('asks until the job is %s', async (state) => {
  const seen: string[] = []
  const { ended, time } = waiting(['processing', 'processing', state], { onProgress: (at) => seen.push(at.state) })
  expect(await ended).toEqual(job(state))
  expect([time.asked, time.now, seen]).toEqual([3, 2_000, ['processing', 'processing', state]])
})

it('loses its patience with a job that does not end', async () => {
  const { ended, time } = waiting(['processing'], { everyMs: 100, patienceMs: 250 })
  await expect(ended).rejects.toMatchObject({ code: 'unavailable' })
  expect(time.asked).toBe(3)
})

it('ends when the caller gives up', async () => {
  const { ended } = waiting(['processing'], { abort: AbortSignal.abort(new Error('enough')) })
  await expect(ended).rejects.toThrow('enough')
})
