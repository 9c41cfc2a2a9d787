import type { Delivery } from '@pumpiq/api'
import { useDeliveries } from '../../data/notifications.ts'
import { useNow } from '../../data/now.ts'
import { usePages } from '../../data/pages.ts'
import { aboutOf, channelName } from '../../words/alerts.ts'
import { plural, relative } from '../../words/show.ts'
import { alertsTexts as text } from '../../words/texts/alerts.ts'
import { Panel } from '../kit/panel.tsx'
import { Table, Td, Th } from '../kit/table.tsx'
import { Pager } from './pager.tsx'
import { StateBadge } from './state-badge.tsx'

/** Every message to every channel, and what became of it: also of those that were not delivered. */
export function DeliveryLog() {
  const pages = usePages()
  const log = useDeliveries(pages.cursor)
  const now = useNow()
  return (
    <Panel
      title={text.log}
      hint={text.logHint}
      asked={log}
      rows={5}
      empty={({ items }) => (items.length === 0 ? text.nothingSent : null)}
    >
      {({ items, next }) => (
        <>
          <Table caption={text.log} className="max-md:block">
            <thead className="max-md:sr-only">
              <tr>
                <Th>{text.columns.what}</Th>
                <Th>{text.columns.where}</Th>
                <Th>{text.columns.state}</Th>
                <Th>{text.columns.when}</Th>
              </tr>
            </thead>
            <tbody className="max-md:block">
              {items.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} now={now} />
              ))}
            </tbody>
          </Table>
          <Pager newer={pages.newer} older={pages.older(next)} />
        </>
      )}
    </Panel>
  )
}

const cell = 'max-md:block max-md:border-0 max-md:p-0 max-md:py-0.5'

function DeliveryRow({ delivery, now }: { delivery: Delivery; now: number }) {
  const { channel, state, attempts, problem, createdAt, dueAt } = delivery
  const due = Date.parse(dueAt)
  return (
    <tr className="max-md:block max-md:border-b max-md:border-line max-md:py-3">
      <th
        scope="row"
        className={`border-b border-line px-2 py-2 text-left align-top text-sm font-medium wrap-anywhere ${cell}`}
      >
        <bdi>{aboutOf(delivery)}</bdi>
      </th>
      <Td className={cell}>
        <bdi>{channel.name}</bdi> <span className="text-xs text-ink-3">{channelName(channel.kind)}</span>
      </Td>
      <Td className={cell}>
        <StateBadge state={state} />
        {attempts > 1 && <span className="ml-2 text-xs text-ink-3">{plural(attempts, 'attempt')}</span>}
        {problem !== null && <span className="block text-xs wrap-anywhere text-ink-2">{problem}</span>}
        {state === 'waiting' && due > now && (
          <span className="block text-xs text-ink-3">{text.leaves(relative(due, now))}</span>
        )}
      </Td>
      <Td className={cell}>
        <time dateTime={createdAt} title={createdAt} className="text-xs whitespace-nowrap text-ink-2">
          {relative(Date.parse(createdAt), now)}
        </time>
      </Td>
    </tr>
  )
}
