import type { ReactNode } from 'react'
import { showPrice, type Outcome, type Recommendation } from '@pumpiq/domain'
import { eventName, meanings, toneOfEvent } from '../words/ending.ts'
import { distance, instant, signed } from '../words/show.ts'

type Props = { call: Recommendation; outcome: Outcome }

/** What happened, in order, and the candle that decided it: enough to check the ending against any chart. */
export function OutcomeNote({ call, outcome }: Props) {
  return (
    <>
      <p className="explain">{sentenceOf(call, outcome)}</p>
      {outcome.events.length > 0 && <EventsTable type={call.type} outcome={outcome} />}
      {outcome.decidedBy && <DecidingCandle candle={outcome.decidedBy} />}
      <Results outcome={outcome} />
    </>
  )
}

function sentenceOf({ type }: Recommendation, { status, ambiguous, events }: Outcome): string {
  const order = ambiguous
    ? ' Stop and target lay in one candle and nothing finer told which came first: the worse one was counted.'
    : ''
  if (type === 'HOLD' && status === 'STOPPED') return `A trade outside the band ended it.${order}`
  if (type === 'HOLD' && status === 'EXPIRED') return 'No trade of the horizon was outside the band.'
  if (type === 'AVOID' && status === 'EXPIRED')
    return 'The horizon is over: below is what the market did, before costs.'
  if (status === 'STOPPED') {
    const reached = events.findLast(({ event }) => event.startsWith('TARGET'))
    return `The stop was reached${reached ? `, after ${eventName(type, reached.event).toLowerCase()} had closed its share` : ''}.${order}`
  }
  if (status === 'EXPIRED') return `The horizon ended first: what was open closed at the last price.${order}`
  return meanings[status] + order
}

function EventsTable({ type, outcome: { events, fillPrice } }: { type: Recommendation['type']; outcome: Outcome }) {
  return (
    <table className="figures events">
      <caption>What happened</caption>
      <thead>
        <tr>
          <th scope="col">Event</th>
          <th scope="col">In the candle of</th>
          <th scope="col" className="right">
            Price
          </th>
          {fillPrice !== null && (
            <th scope="col" className="right">
              From fill
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {events.map(({ at, event, price }, i) => (
          <tr key={event} className={`level-row level-row-${toneOfEvent(event)}`}>
            <th scope="row">
              <span className="event-number num">{i + 1}</span> {eventName(type, event)}
            </th>
            <td className="num">
              <time dateTime={at} title={at}>
                {instant(at)}
              </time>
            </td>
            <td className="right num" title={price}>
              {showPrice(price)}
            </td>
            {fillPrice !== null && (
              <td className="right num">{event === 'FILLED' ? '' : distance(fillPrice, price)}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function DecidingCandle({ candle }: { candle: NonNullable<Outcome['decidedBy']> }) {
  const { openAt, intervalMs } = candle
  return (
    <table className="figures candle">
      <caption>
        Decided by this candle{' '}
        <span className="faint small caption-note">
          opened <time dateTime={openAt}>{instant(openAt)}</time>, {minutes(intervalMs)}
        </span>
      </caption>
      <thead>
        <tr>
          {parts.map((part) => (
            <th key={part} scope="col" className="right">
              {part}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {parts.map((part) => (
            <td key={part} className="right num" title={candle[part]}>
              {showPrice(candle[part])}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

const parts = ['open', 'high', 'low', 'close'] as const

const minutes = (ms: number): string =>
  ms < 3_600_000 ? `${ms / 60_000} min` : ms < 86_400_000 ? `${ms / 3_600_000} h` : `${ms / 86_400_000} d`

function Results({ outcome }: { outcome: Outcome }) {
  const { rMultiple, returnNetPct, returnGrossPct, mfeR, maeR, hoursToOutcome } = outcome
  const facts: [name: string, text: ReactNode][] = []
  const add = (name: string, value: number | null, show: (value: number) => string) => {
    if (value !== null) facts.push([name, show(value)])
  }
  add('Result, net', rMultiple, (value) => `${signed(value)} R`)
  add('Return, net of costs', returnNetPct, (value) => `${signed(value)} %`)
  add('Return, gross', returnGrossPct, (value) => `${signed(value)} %`)
  add('Best while it was open', mfeR, (value) => `${signed(value)} R`)
  add('Worst while it was open', maeR, (value) => `${signed(-value)} R`)
  add('From issue to end', hoursToOutcome, (value) => `${value.toFixed(1)} h`)
  if (facts.length === 0) return null
  return (
    <dl className="facts">
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{text}</dd>
        </div>
      ))}
    </dl>
  )
}
