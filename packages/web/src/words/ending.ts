import type { Outcome, OutcomeEvent, OutcomeStatus, Recommendation } from '@pumpiq/domain'

type CallType = Recommendation['type']
type Ended = Pick<Outcome, 'status' | 'rMultiple'> & { readonly returnNetPct?: number | null }

export const statuses = [
  'STOPPED',
  'INVALIDATED',
  'EXPIRED',
  'TARGET_3',
  'DELISTED',
  'UNRESOLVED',
  'NOT_FILLED',
  'OPEN',
] as const satisfies readonly OutcomeStatus[]

const names: Record<OutcomeStatus, string> = {
  STOPPED: 'Stopped',
  INVALIDATED: 'Void',
  EXPIRED: 'Time over',
  TARGET_3: 'Target 3',
  DELISTED: 'Delisted',
  UNRESOLVED: 'Unresolved',
  NOT_FILLED: 'Not filled',
  OPEN: 'Open',
}

/** What each status means, a sentence for people. */
export const meanings: Record<OutcomeStatus, string> = {
  STOPPED: 'The stop was reached, or a HOLD left its band. Part may have been closed at a target before.',
  INVALIDATED: 'A bar closed where the call had said that it would be void.',
  EXPIRED: 'The horizon ended first: closed at the last price. A HOLD kept its band.',
  TARGET_3: 'The last target was reached.',
  DELISTED: 'Trading ended for good: closed at the last price at which one could still trade.',
  UNRESOLVED: 'Trading was halted over the end of the horizon: how it would have ended is not known, and not guessed.',
  NOT_FILLED: 'No trade inside the entry zone while it was valid: neither won nor lost.',
  OPEN: 'Not decided yet.',
}

/** How a call of this type ended, in a few words: a HOLD has no stop, only a band, and who is stopped with a gain met a target before. */
export function endingName(type: CallType, { status, rMultiple }: Ended): string {
  if (status === 'STOPPED' && rMultiple !== null && rMultiple > 0) return 'Stopped after a target'
  if (type === 'HOLD' && status === 'STOPPED') return 'Left its band'
  if (type === 'HOLD' && status === 'EXPIRED') return 'Held its band'
  return names[status]
}

export const statusName = (status: OutcomeStatus): string => names[status]

export type Tone = 'good' | 'bad' | 'flat'

/** By the result, net of costs: an expiry can be either. What has no result is neither. */
export function toneOfEnding(type: CallType, { status, rMultiple }: Ended): Tone {
  if (type === 'HOLD') return status === 'EXPIRED' ? 'good' : status === 'STOPPED' ? 'bad' : 'flat'
  if (rMultiple === null || rMultiple === 0) return 'flat'
  return rMultiple > 0 ? 'good' : 'bad'
}

/** Colour never speaks alone. */
export const endingSigns = { good: '✓', bad: '✕', flat: '○' } as const satisfies Record<Tone, string>

const eventNames: Record<OutcomeEvent, string> = {
  FILLED: 'Entry filled',
  TARGET_1: 'Target 1',
  TARGET_2: 'Target 2',
  TARGET_3: 'Target 3',
  STOP: 'Stop',
  EXPIRY: 'Horizon over',
  INVALIDATION: 'Void',
}

export function eventName(type: CallType, event: OutcomeEvent): string {
  return type === 'HOLD' && event === 'STOP' ? 'Left the band' : eventNames[event]
}

export const toneOfEvent = (event: OutcomeEvent): 'target' | 'stop' | 'edge' | 'price' =>
  event === 'FILLED'
    ? 'edge'
    : event.startsWith('TARGET')
      ? 'target'
      : event === 'STOP' || event === 'INVALIDATION'
        ? 'stop'
        : 'price'
