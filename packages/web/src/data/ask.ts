import { waitForJob, type Job } from '@pumpiq/api'
import type { Recommendation } from '@pumpiq/domain'
import { client } from './client.ts'

export type Question = {
  readonly token: string
  readonly timeframe: Recommendation['timeframe']
  readonly riskTolerance: Recommendation['riskTolerance']
}

/** So long the answer itself is waited for; behind that it is a job whose progress is told. */
const patienceMs = 2_000

type Asking = { readonly abort: AbortSignal; readonly onProgress: (job: Job) => void }

/** The id of the freshest sealed call, or of a new one, however long it takes. Where none came, why. */
export async function askForCall(body: Question, { abort, onProgress }: Asking): Promise<{ id: string }> {
  const answer = await client.recommendations.create({ body }, { abort, waitMs: patienceMs })
  if (!('accepted' in answer)) return { id: answer.id }
  onProgress(answer.accepted)
  const { results, items, state } = await waitForJob(client, answer.accepted.id, { abort, onProgress })
  const id = results[0]
  if (id === undefined) throw new Error(items[0]?.problem ?? `the work was ${state}`)
  return { id }
}

export const cancelJob = (id: string): Promise<Job> => client.jobs.cancel({ params: { id } })
