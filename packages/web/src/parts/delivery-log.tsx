import type { Delivery } from '@pumpiq/api'
import type { Asked } from '../data/asked.ts'
import { useNow } from '../data/now.ts'
import { aboutOf, channelName, stateNames } from '../words/alerts.ts'
import { plural, relative } from '../words/show.ts'

type Props = {
  log: Asked<{ readonly items: readonly Delivery[]; readonly next: string | null }>
  onMore: (() => void) | null
}

/** Every message to every channel, and what became of it: also of those that were not delivered. */
export function DeliveryLog({ log: { data, problem }, onMore }: Props) {
  return (
    <section aria-labelledby="log">
      <h2 id="log">Delivery log</h2>
      {problem !== null && <p className="problem">{problem}</p>}
      {data?.items.length === 0 && <p className="explain">Nothing was sent yet.</p>}
      {data && data.items.length > 0 && (
        <div className="card table-card">
          <table className="calls deliveries">
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Where</th>
                <th scope="col">State</th>
                <th scope="col">When</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data?.next && onMore && (
        <button type="button" className="more" onClick={onMore}>
          Show more
        </button>
      )}
    </section>
  )
}

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const now = useNow()
  const { channel, state, attempts, problem, createdAt, dueAt } = delivery
  const [name, tone] = stateNames[state]
  const due = Date.parse(dueAt)
  return (
    <tr>
      <th scope="row" className="delivery-what">
        {aboutOf(delivery)}
      </th>
      <td data-name="Where">
        {channel.name} <span className="faint small block">{channelName(channel.kind)}</span>
      </td>
      <td data-name="State" className="delivery-state">
        <b className={`ending-${tone}`}>{name}</b>
        {attempts > 1 && <span className="faint small block">{plural(attempts, 'attempt')}</span>}
        {problem !== null && <span className="faint small block">{problem}</span>}
        {state === 'waiting' && due > now && <span className="faint small block">leaves {relative(due, now)}</span>}
      </td>
      <td data-name="When" className="small">
        <time dateTime={createdAt} title={createdAt}>
          {relative(Date.parse(createdAt), now)}
        </time>
      </td>
    </tr>
  )
}
