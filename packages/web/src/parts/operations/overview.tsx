import type { Health, ServiceHealth } from '@pumpiq/api'
import { useAdminJobs } from '../../data/admin.ts'
import { useNow } from '../../data/now.ts'
import { useHealth } from '../../data/system.ts'
import { figure, instant, relative } from '../../words/show.ts'
import { operationsTexts } from '../../words/texts/operations.ts'
import { Badge, type BadgeTone } from '../kit/badge.tsx'
import { Panel } from '../kit/panel.tsx'
import { Figures } from './figures.tsx'
import { TrackerCard } from './tracker-card.tsx'

const text = operationsTexts.overview
const tones: Readonly<Record<ServiceHealth['state'], BadgeTone>> = {
  up: 'buy',
  degraded: 'avoid',
  down: 'sell',
  off: 'plain',
  unknown: 'plain',
}

/** How it all is, at a glance. */
export function Overview() {
  const health = useHealth()
  const now = useNow()
  return (
    <div className="grid grid-cols-1 gap-5">
      <Panel
        title={health.data ? text.statuses[health.data.status] : operationsTexts.sections.overview}
        asked={health}
        rows={6}
      >
        {(data) => <Glance health={data} now={now} />}
      </Panel>
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
        <Panel title={text.services} hint={text.servicesHint} asked={health} rows={12}>
          {({ services }) => <Services services={services} />}
        </Panel>
        <div className="grid grid-cols-1 gap-5">
          <TrackerCard asked={health} now={now} />
          <Panel
            title={text.notices}
            asked={health}
            rows={2}
            empty={({ notices }) => (notices.length === 0 ? text.noNotices : null)}
          >
            {({ notices }) => (
              <ul className="grid list-disc gap-1 pl-5 text-sm">
                {notices.map((notice) => (
                  <li key={notice}>{notice}</li>
                ))}
              </ul>
            )}
          </Panel>
        </div>
      </div>
    </div>
  )
}

function Glance({ health, now }: { health: Health; now: number }) {
  const { version, startedAt, data, house, queue, store, ledger } = health
  const next = house.nextRunAt === null ? undefined : text.houseNext(relative(Date.parse(house.nextRunAt), now))
  return (
    <Figures
      items={[
        { name: text.version, value: version, more: text.data[data] },
        { name: text.started, value: relative(Date.parse(startedAt), now), more: instant(startedAt) },
        {
          name: text.house,
          value: text.houseOf(figure(house.called), figure(house.tracked)),
          more: house.running ? text.houseRuns : next,
        },
        {
          name: text.queue,
          value: queue.answers ? queue.kind : text.queueSilent,
          more: text.queueWords(figure(queue.waiting), figure(queue.active), figure(queue.failed)),
        },
        {
          name: text.store,
          value: text.engines[store.engine],
          more: `${text.timeseries(store.timeseries)}; ${text.replicas[store.replica]}`,
        },
        {
          name: text.ledger,
          value: text.record(figure(ledger.seq)),
          more: (
            <>
              <code className="break-all">{ledger.hash}</code> {text.ledgerWhy}
            </>
          ),
        },
        { name: text.backup, value: <LastDump now={now} />, more: backupWords[store.engine] },
      ]}
    />
  )
}

const backupWords = { embedded: text.backupEmbedded, postgresql: text.backupPostgres }

/** The job that writes dumps, as the process that answers knows it. */
function LastDump({ now }: { now: number }) {
  const { data, problem } = useAdminJobs()
  const dump = data?.jobs.find(({ name }) => name === 'dump')
  const said =
    dump === undefined
      ? problem === null && data === null
        ? operationsTexts.none
        : text.backupUnknown
      : dump.lastRunAt === null
        ? text.backupNever
        : text.backupWhen(relative(Date.parse(dump.lastRunAt), now))
  return <span className="text-sm">{said}</span>
}

const Services = ({ services }: { services: Health['services'] }) => (
  <ul className="grid text-sm">
    {services.map(({ name, state, detail }) => (
      <li
        key={name}
        className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-0.5 border-b border-line py-2 last:border-0 sm:grid-cols-[11rem_6.5rem_1fr]"
      >
        <strong className="font-semibold">{name}</strong>
        <span className="justify-self-end sm:justify-self-start">
          <Badge tone={tones[state]}>{text.states[state]}</Badge>
        </span>
        <span className="col-span-2 text-ink-2 sm:col-span-1">{detail}</span>
      </li>
    ))}
  </ul>
)
