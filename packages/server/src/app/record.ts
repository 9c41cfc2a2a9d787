import { join } from 'node:path'
import type { Identify } from '../http/policy.ts'
import { openLedger, type Ledger } from '../ledger/ledger.ts'
import { createRestoredRecord } from '../performance/restore.ts'
import { createRecommendations } from '../recommendations/store.ts'
import { createLiveStream } from '../stream/stream.ts'
import { createRecording } from '../system/recording.ts'
import { sourceStates } from '../system/routes.ts'
import type { Measured } from '../system/source-reports.ts'
import type { Base } from './base.ts'
import type { Outside } from './given.ts'

/** The stored calls and the ledger they are sealed in; embedded, the ledger's file leads. */
export async function openRecord({ db, clock, log, homeDir }: Pick<Outside, 'db' | 'clock' | 'log' | 'homeDir'>) {
  const recommendations = createRecommendations({ db })
  const restored = createRestoredRecord(recommendations)
  const recording = createRecording({ db, clock })
  const path = homeDir === null ? null : join(homeDir, 'ledger.jsonl')
  return { recommendations, recording, opened: await openLedger({ db, path, log, restored }) }
}

type Given = Pick<Outside, 'db' | 'clock' | 'guard' | 'log' | 'metrics' | 'reach' | 'streaming'>

type Needs = {
  cards: Base['cards']
  measured(): readonly Measured[]
  identify: Pick<Identify, 'of'>
}

export type Live = ReturnType<typeof openLive>

/** What is sealed, seen and found out is told to whoever listens. */
export function openLive(given: Given, { cards, measured, identify }: Needs) {
  const { db, clock, guard, log, metrics, reach, streaming } = given
  const sources = () => sourceStates(cards, measured())
  const { publicUrl } = reach
  return createLiveStream({ db, clock, guard, log, sources, publicUrl, identify, metrics, ...streaming })
}

type Watching = {
  opened: Ledger
  live: Pick<Live, 'sealing'>
  recording: Pick<ReturnType<typeof createRecording>, 'watch'>
}

/** The same ledger: who listens hears of what it seals, and whether it can is known. */
export const watchedLedger = ({ opened, live, recording }: Watching): Ledger => ({
  ...opened,
  append: (body, also) => live.sealing(recording.watch(opened.append(body, also))),
})
