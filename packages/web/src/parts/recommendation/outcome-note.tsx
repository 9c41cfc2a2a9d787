import type { ReactNode } from 'react'
import { showInterval, type Outcome, type Recommendation } from '@pumpiq/domain'
import { eventName, meanings } from '../../words/ending.ts'
import { distance, figure, instant, signed } from '../../words/show.ts'
import { evidenceTexts as text } from '../../words/texts/evidence.ts'
import { Fact } from '../kit/fact.tsx'
import { Table, Td, Th } from '../kit/table.tsx'
import { Plain, PriceFact, Row, Rows } from './rows.tsx'

type Props = { call: Recommendation; outcome: Outcome }

const from = 'versions.0.outcome'

/** What happened, in order, and the candle that decided it: enough to check the ending against any chart. */
export function OutcomeNote({ call, outcome }: Props) {
  return (
    <>
      <p className="text-sm" data-plain>
        {sentenceOf(call, outcome)}
      </p>
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
    <Table caption={text.happened}>
      <thead>
        <tr>
          <Th>{text.event}</Th>
          <Th>{text.inCandle}</Th>
          <Th right>{text.price}</Th>
          {fillPrice !== null && <Th right>{text.fromFill}</Th>}
        </tr>
      </thead>
      <tbody>
        {events.map(({ at, event, price }, i) => (
          <tr key={event}>
            <th
              scope="row"
              data-plain
              className="border-b border-line px-2 py-2 text-left font-semibold whitespace-nowrap"
            >
              <span className="num mr-1.5 inline-grid size-5 place-content-center rounded-full border border-line-2 text-xs">
                {i + 1}
              </span>{' '}
              {eventName(type, event)}
            </th>
            <Td className="num whitespace-nowrap">
              <time dateTime={at} title={at} data-plain>
                {instant(at)}
              </time>
            </Td>
            <Td right>
              <PriceFact of="outcome" at={`${from}.events.${i}.price`} value={price} />
            </Td>
            {fillPrice !== null && (
              <Td right className="whitespace-nowrap">
                <Plain>{event === 'FILLED' ? '' : distance(fillPrice, price)}</Plain>
              </Td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

const parts = ['open', 'high', 'low', 'close'] as const

function DecidingCandle({ candle }: { candle: NonNullable<Outcome['decidedBy']> }) {
  const { openAt, intervalMs } = candle
  return (
    <div className="grid gap-1 text-sm">
      <p>
        <b>{text.decidedBy}</b>{' '}
        <span className="text-xs text-ink-3" data-plain>
          {text.opened} <time dateTime={openAt}>{instant(openAt)}</time>, {showInterval(intervalMs)}
        </span>
      </p>
      <dl className="flex flex-wrap gap-x-5 gap-y-1">
        {parts.map((part) => (
          <div key={part} className="flex gap-1.5">
            <dt className="text-ink-3">{part}</dt>
            <dd>
              <PriceFact of="outcome" at={`${from}.decidedBy.${part}`} value={candle[part]} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function Results({ outcome }: { outcome: Outcome }) {
  const rows: [name: string, shown: ReactNode][] = []
  const add = (name: string, at: keyof Outcome, value: number | null, shown: (value: number) => string) => {
    if (value === null) return
    rows.push([
      name,
      <Fact key={at} of="outcome" at={`${from}.${at}`}>
        {shown(value)}
      </Fact>,
    ])
  }
  const r = (value: number) => `${signed(value)} R`
  const pct = (value: number) => `${signed(value)} %`
  add(text.resultR, 'rMultiple', outcome.rMultiple, r)
  add(text.returnNet, 'returnNetPct', outcome.returnNetPct, pct)
  add(text.returnGross, 'returnGrossPct', outcome.returnGrossPct, pct)
  add(text.best, 'mfeR', outcome.mfeR, (value) => `${figure(value, 2)} R`)
  add(text.worst, 'maeR', outcome.maeR, (value) => `${figure(value, 2)} R`)
  add(text.hours, 'hoursToOutcome', outcome.hoursToOutcome, (value) => `${figure(value, 1)} h`)
  return (
    <Rows>
      {rows.map(([name, shown]) => (
        <Row key={name} name={name}>
          {shown}
        </Row>
      ))}
    </Rows>
  )
}
