import { Failure, toIso, tokenId } from '@pumpiq/domain'
import type { HandlersOf, Job } from '@pumpiq/api'

const id = '0192f000-0000-7000-8000-0000000000f1'

/** A job that has one recommendation of two. */
export const sampleJob = (now: number): Job => ({
  id,
  kind: 'batch',
  state: 'processing',
  createdAt: toIso(now - 5_000),
  endedAt: null,
  estimatedCompletionAt: toIso(now + 5_000),
  progress: { done: 1, failed: 0, total: 2 },
  results: ['0192f000-0000-7000-8000-000000000001'],
  items: [
    { ...item('bitcoin:native', 'BTC'), state: 'done', recommendation: '0192f000-0000-7000-8000-000000000001' },
    item('ethereum:native', 'ETH'),
  ],
})

const item = (token: string, symbol: string): Job['items'][number] => ({
  token: tokenId(token),
  symbol,
  state: 'asked',
  recommendation: null,
  problem: null,
})

export function sampleJobs(now: number): HandlersOf<'jobs'> {
  const own = (asked: string): Job => {
    if (asked !== id) throw new Failure('notFound', `you have no job ${asked}`)
    return sampleJob(now)
  }
  return {
    list: () => ({ items: [sampleJob(now)], next: null }),
    one: ({ params }) => own(params.id),
    cancel: ({ params }) => ({ ...own(params.id), state: 'cancelled', endedAt: toIso(now) }),
  }
}
