import type { Health } from '@pumpiq/api'
import type { ReactNode } from 'react'
import type { Asked } from '../data/asked.ts'
import { useNow } from '../data/now.ts'
import { alertsPath, Link, recordPath, sourcesPath, type Route } from '../route.tsx'
import { followingSentence, followingShort } from '../words/following.ts'
import { relative } from '../words/show.ts'

/** What stands around every page: whether this is real, what is down, and where the record is. */
export function Frame({ health, page, children }: { health: Asked<Health>; page: Route['page']; children: ReactNode }) {
  const { data, problem, at } = health
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      {data?.data === 'simulated' && <SimulatedBanner />}
      <header className="top">
        <Link to="/" className="brand">
          <Mark />
          PumpIQ
        </Link>
        <p className="motto">Recommendations with a record you can check</p>
        <nav className="places" aria-label="Pages">
          <Link to="/" current={page === 'home'}>
            Current calls
          </Link>
          <Link to={recordPath} current={page === 'record'}>
            Track record
          </Link>
          <Link to={alertsPath} current={page === 'alerts'}>
            Alerts
          </Link>
          <Link to={sourcesPath} current={page === 'sources'}>
            Sources
          </Link>
        </nav>
        <div className="standing">
          <StatusPill health={data} problem={problem} />
          {data && problem === null && (
            <p className={`following following-${data.tracker.state}`} title={followingSentence(data.tracker)}>
              {followingShort(data.tracker)}
            </p>
          )}
        </div>
      </header>
      {problem !== null && <SilentServer problem={problem} at={at} />}
      {data && <Notices health={data} />}
      <main id="content">{children}</main>
      <Footer health={data} />
    </>
  )
}

const Mark = () => (
  <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="7" />
    <path className="mark-lines" d="M7 22h18M7 16h11M7 10h18" />
    <path className="mark-path" d="m8 21 6-6 4 3 7-9" />
  </svg>
)

const SimulatedBanner = () => (
  <div className="simulated" role="note">
    <strong>SIMULATED</strong>
    <span>Every price, call and record here comes from the built-in practice market. None of it is real.</span>
  </div>
)

function StatusPill({ health, problem }: { health: Health | null; problem: string | null }) {
  const [tone, text] = statusOf(health, problem)
  return (
    <p className={`pill pill-${tone}`} role="status">
      <span className="dot" aria-hidden="true" />
      {text}
    </p>
  )
}

function statusOf(health: Health | null, problem: string | null): [tone: string, text: string] {
  if (problem !== null) return ['bad', 'No connection']
  if (!health) return ['idle', 'Connecting']
  if (health.status === 'offline') return ['bad', 'Sources offline']
  if (health.status === 'degraded') return ['warn', `${health.sources.down.length} down, ${health.sources.up} up`]
  const data = health.data === 'simulated' ? 'Simulated' : 'Live'
  return health.status === 'starting'
    ? ['idle', `${data}, starting`]
    : ['good', `${data}, ${health.sources.up} sources up`]
}

function SilentServer({ problem, at }: { problem: string; at: number | null }) {
  return (
    <div className="strip strip-bad" role="alert">
      <strong>The server does not answer.</strong> {problem}.{' '}
      {at === null
        ? 'Nothing can be shown yet; it is asked again every few seconds.'
        : 'What is shown below may be old.'}
    </div>
  )
}

function Notices({ health: { status, sources, notices, data, tracker } }: { health: Health }) {
  const now = useNow()
  // The banner says it louder.
  const further = notices.filter((notice) => data !== 'simulated' || !/simulated/i.test(notice))
  return (
    <>
      {sources.down.length > 0 && (
        <div className={`strip strip-${status === 'offline' ? 'bad' : 'warn'}`} role="alert">
          <strong>{status === 'offline' ? 'OFFLINE: no source answers.' : 'Degraded.'}</strong>{' '}
          {status === 'offline'
            ? 'No new call can be made; the calls below are as old as they say.'
            : 'Calls go on with less evidence, and say so.'}
          <ul>
            {sources.down.map(({ id, why, lastSuccessAt }) => (
              <li key={id}>
                <b>{id}</b>: {why};{' '}
                {lastSuccessAt ? `last answered ${relative(Date.parse(lastSuccessAt), now)}` : 'never answered'}
              </li>
            ))}
          </ul>
        </div>
      )}
      {tracker.state === 'stale' && <StaleFollowing tracker={tracker} />}
      {further.map((notice) => (
        <div key={notice} className="strip" role="note">
          {notice}
        </div>
      ))}
    </>
  )
}

/** Which open calls are not judged now, and why. */
function StaleFollowing({ tracker }: { tracker: Health['tracker'] }) {
  const now = useNow()
  return (
    <div className="strip strip-warn" role="alert">
      {followingSentence(tracker)}
      <ul>
        {tracker.behind.map(({ token, source, knownUntil, why }) => (
          <li key={`${token} ${source}`}>
            <b>{token}</b> on {source}: {why ?? 'still being read'};{' '}
            {knownUntil ? `known until ${relative(Date.parse(knownUntil), now)}` : 'nothing known yet'}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Footer({ health }: { health: Health | null }) {
  return (
    <footer className="foot">
      <p>
        <strong>Not financial advice.</strong> A measured record, not a promise; you can lose what you trade with.
        PumpIQ holds no exchange keys and places no orders.
      </p>
      <nav aria-label="The record">
        {health && (
          <span className="nowrap">
            Ledger record {health.ledger.seq.toLocaleString('en')}, head{' '}
            <code title={health.ledger.hash}>{health.ledger.hash.slice(0, 10)}</code>
          </span>
        )}
        <a href="/api/v1/ledger/export" download="pumpiq-ledger.jsonl">
          Download the ledger
        </a>
        <a href="/api/v1/openapi.json">API description</a>
        {health && <span className="nowrap">Version {health.version}</span>}
      </nav>
    </footer>
  )
}
