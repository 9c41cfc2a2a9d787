import type { AdminJobs } from '@pumpiq/api'
import { useAdminJobs } from '../../data/admin.ts'
import { useNow } from '../../data/now.ts'
import { figure, span } from '../../words/show.ts'
import { operationsTexts } from '../../words/texts/operations.ts'
import { Badge } from '../kit/badge.tsx'
import { Note } from '../kit/note.tsx'
import { Panel } from '../kit/panel.tsx'
import { Stacked, StackedBody, StackedCell, StackedHead, StackedRow } from '../kit/stacked.tsx'
import { JobRow } from './job-row.tsx'
import type { SectionProps } from './sections.ts'

const text = operationsTexts.jobs
const { queueColumns } = text

/** The background work: what waits, what runs, how it went. */
export function JobsSection({ isAdmin }: SectionProps) {
  const jobs = useAdminJobs()
  const now = useNow()
  return (
    <div className="grid grid-cols-1 gap-5">
      <Panel title={text.queues} hint={jobs.data && text.kind(jobs.data.kind)} asked={jobs} rows={9}>
        {({ roles, answers }) => (
          <>
            {!answers && (
              <Note tone="bad" className="mb-3">
                {text.silent}
              </Note>
            )}
            <Queues roles={roles} />
          </>
        )}
      </Panel>
      <Panel title={text.jobs} hint={text.jobsHint} asked={jobs} rows={30}>
        {({ jobs: items }) => (
          <>
            {!isAdmin && <p className="mb-2 text-sm text-ink-2">{text.onlyAdmin}</p>}
            <Stacked caption={text.jobs} heads={Object.values(text.columns)} rights={[5]}>
              <StackedBody>
                {items.map((job) => (
                  <JobRow key={job.name} job={job} now={now} isAdmin={isAdmin} />
                ))}
              </StackedBody>
            </Stacked>
          </>
        )}
      </Panel>
    </div>
  )
}

const Queues = ({ roles }: Pick<AdminJobs, 'roles'>) => (
  <Stacked caption={text.queues} heads={Object.values(queueColumns)} rights={[1, 2, 3, 4, 5]}>
    <StackedBody>
      {roles.map(({ role, isWorkedHere, queue }) => (
        <StackedRow key={role}>
          <StackedHead>
            {role}{' '}
            <span className="ml-1 text-xs font-normal text-ink-2">{isWorkedHere ? text.here : text.elsewhere}</span>
          </StackedHead>
          {queue === null ? (
            <td colSpan={5} className="px-2 py-2 text-avoid max-md:block max-md:px-0">
              {text.unknown}
            </td>
          ) : (
            <QueueCells queue={queue} />
          )}
        </StackedRow>
      ))}
    </StackedBody>
  </Stacked>
)

type Queue = NonNullable<AdminJobs['roles'][number]['queue']>

const QueueCells = ({ queue: { waiting, active, delayed, failed, oldestWaitingMs } }: { queue: Queue }) => (
  <>
    <StackedCell name={queueColumns.waiting} right>
      {figure(waiting)}
    </StackedCell>
    <StackedCell name={queueColumns.active} right>
      {figure(active)}
    </StackedCell>
    <StackedCell name={queueColumns.delayed} right>
      {figure(delayed)}
    </StackedCell>
    <StackedCell name={queueColumns.failed} right>
      {failed > 0 ? <Badge tone="sell">{figure(failed)}</Badge> : figure(failed)}
    </StackedCell>
    <StackedCell name={queueColumns.oldest} right>
      {oldestWaitingMs === null ? operationsTexts.none : span(oldestWaitingMs)}
    </StackedCell>
  </>
)
