import type { TrackerHealth } from '@pumpiq/api'
import { plural, span } from './show.ts'

const behind = ({ lagMs }: TrackerHealth): string => (lagMs === null ? '' : `, ${span(lagMs)} behind`)

/** For the head of every page. */
export function followingShort(tracker: TrackerHealth): string {
  if (tracker.state === 'stale') return `Following is stale${behind(tracker)}`
  if (tracker.state === 'catching_up') return `Following catches up${behind(tracker)}`
  return tracker.open === 0 ? 'No open call followed yet' : `Following ${plural(tracker.open, 'open call')}`
}

/** What it means for who reads the record. */
export function followingSentence(tracker: TrackerHealth): string {
  if (tracker.state === 'stale')
    return `Following is stale${behind(tracker)}: a venue does not answer or tells of no trade. What hangs on it is not judged until it does; nothing is guessed.`
  if (tracker.state === 'catching_up')
    return `Following is catching up${behind(tracker)}: the candles since the oldest open call are still being read, so an ending may be told late. None is guessed.`
  return tracker.open === 0
    ? 'No open call is being followed yet.'
    : `${plural(tracker.open, 'open call')} followed live on closed candles.`
}
