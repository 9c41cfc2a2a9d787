import {
  anything,
  believed,
  type Candles,
  type Dispute,
  disputeOf,
  type Ending,
  haltMs,
  hours,
  judge,
  knownUntil,
  type Levels,
  levelsOf,
  minutes,
  type Outcome,
  outcomeOf,
  spikeShare,
  type Verdict,
} from '@pumpiq/domain'
import type { Following } from './following.ts'
import type { Mixed } from './merge.ts'

/** How a call has ended, and what is to be said of that. */
export type Judged = { readonly outcome: Outcome; readonly notes: readonly string[] }

/** What is found of a call by what is known now. */
export type Judgement = {
  /** Null while it is open. */
  readonly ended: Judged | null
  /** All that happened to it so far that is sure. */
  readonly events: Outcome['events']
  /** What would change this. */
  readonly levels: Levels
  /** A candle by which it would have ended or something happened, which nothing confirms yet. */
  readonly dispute: Dispute | null
  /** The venue tells prices that another one contradicts, and has not come back from them: what is found is older than what it tells. */
  readonly held: boolean
}

type Known = Mixed & {
  /** Epoch ms up to which the market is known. */
  readonly asOf: number
  /** Null: the venue is believed whatever it tells. */
  readonly verdicts: readonly Verdict[] | null
}

/** Judges a followed call by the candles of its venue, those left out that another venue contradicts. */
export function judgeFollowing(call: Following, { candles, hours: coarse, asOf, verdicts }: Known): Judgement {
  const { plan, costs, rank } = call
  const share = spikeShare(rank)
  const trusted = verdicts ? believed(plan, candles, { share, verdicts }) : { candles, until: null, by: [] }
  const own = trusted.candles
  const found = judge(plan, own, { costs, asOf: trusted.until ?? asOf })
  const ending = trusted.until !== null && asOf >= plan.expiresAt + haltMs ? unresolved(found, plan.expiresAt) : found
  const held = trusted.until !== null
  const known = new Set(trusted.by.map(({ openAt }) => openAt))
  const dispute = verdicts && asked(disputeOf(plan, own, ending, { share, known, wide: coarse }), own, asOf)
  const told = wireOf(call, own, ending, coarse)
  if (dispute) {
    const events = told.outcome.events.filter(({ at }) => Date.parse(at) < dispute.openAt)
    return { ended: null, events, levels: anything, dispute, held }
  }
  const end = { last: own.close[own.length - 1] ?? Number.NaN, intervalMs: own.intervalMs }
  const levels = held ? anything : levelsOf(plan, ending, end)
  const { events, status } = told.outcome
  if (status === 'OPEN') return { ended: null, events, levels, dispute: null, held }
  const at = ending.decidedBy === null ? plan.expiresAt : own.openAt[ending.decidedBy]!
  const doubted = trusted.by.filter(({ openAt }) => openAt <= at).map(({ note }) => note)
  const ended = { outcome: told.outcome, notes: [...told.notes, ...doubted] }
  return { ended, events, levels, dispute: null, held }
}

/** Where the market is over no candle will follow to be waited for. */
function asked(dispute: Dispute | null, candles: Candles, asOf: number): Dispute | null {
  return dispute?.need === 'next' && asOf > knownUntil(candles) ? { ...dispute, need: 'second' } : dispute
}

/** The horizon passed while the venue told prices that another one contradicts: nothing is guessed. */
const unresolved = (ending: Ending, expiresAt: number): Ending =>
  ending.status === 'OPEN' ? { ...ending, status: 'UNRESOLVED', at: expiresAt, exitPrice: null } : ending

/** In the wire's words, with the hours that stand in for minutes named. */
function wireOf({ plan }: Following, candles: Candles, ending: Ending, coarse: ReadonlySet<number>): Judged {
  const at = ending.decidedBy === null ? null : candles.openAt[ending.decidedBy]!
  const onHour = at !== null && coarse.has(at)
  const told = outcomeOf(onHour ? closedAtTheHour(ending) : ending, candles, plan.issuedAt)
  const outcome = onHour && told.decidedBy ? { ...told, decidedBy: { ...told.decidedBy, intervalMs: hours(1) } } : told
  let used = 0
  for (const openAt of coarse) if (openAt <= (at ?? plan.expiresAt)) used++
  const note = `candles of 1 h stand in for the minutes of ${used} ${used === 1 ? 'hour' : 'hours'}, which the venue does not give any more: the order of events inside such an hour is not known`
  return { outcome, notes: used > 0 ? [note] : [] }
}

/** An expiry is told by the close of its bar, which for an hour is 59 minutes behind that of the minute in whose place it stands. */
function closedAtTheHour(ending: Ending): Ending {
  if (ending.status !== 'EXPIRED' || ending.at === null) return ending
  const later = (at: number) => at + hours(1) - minutes(1)
  const events = ending.events.map((one) => (one.event === 'EXPIRY' ? { ...one, at: later(one.at) } : one))
  return { ...ending, at: later(ending.at), events }
}
