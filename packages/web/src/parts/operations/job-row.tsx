import { clsx } from 'clsx'
import type { AdminJobs } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { runJob } from '../../data/admin.ts'
import { figure, instant, relative, span } from '../../words/show.ts'
import { operationsTexts } from '../../words/texts/operations.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { StackedCell, StackedHead, StackedRow } from '../kit/stacked.tsx'
import { toast } from '../kit/toast.tsx'

const text = operationsTexts.jobs
const { columns } = text
type Job = AdminJobs['jobs'][number]
type Props = { job: Job; now: number; isAdmin: boolean }

/** A job: when it runs, how it went, and for an administrator a way to run it now. */
export function JobRow({ job, now, isAdmin }: Props) {
  const { name, role, timed, runs, failures, retries, leftOut, running } = job
  return (
    <StackedRow>
      <StackedHead>
        {name} <span className="block text-xs font-normal text-ink-2">{role}</span>
      </StackedHead>
      <StackedCell name={columns.when}>
        {timed === null ? (
          <span className="text-ink-2">{text.untimed}</span>
        ) : (
          <>
            {text.every(span(timed.everyMs))}
            <span className="block text-xs text-ink-2">{text.next(relative(Date.parse(timed.nextAt), now))}</span>
          </>
        )}
      </StackedCell>
      <StackedCell name={columns.runs}>
        <span className="num">{figure(runs)}</span> {running > 0 && <Badge tone="hold">{text.running(running)}</Badge>}
        <span className={clsx('block text-xs', failures > 0 ? 'text-avoid' : 'text-ink-2')}>
          {text.counted(figure(failures), figure(retries), figure(leftOut))}
        </span>
      </StackedCell>
      <StackedCell name={columns.time}>
        <Times job={job} />
      </StackedCell>
      <StackedCell name={columns.last}>
        <LastRun job={job} now={now} />
      </StackedCell>
      <StackedCell>{isAdmin && timed !== null && <RunNow name={name} />}</StackedCell>
    </StackedRow>
  )
}

const length = (ms: number): string => (ms < 10_000 ? text.ms(figure(ms)) : span(ms))

const Times = ({ job: { p50Ms, p95Ms, timeoutMs } }: { job: Job }) => (
  <>
    <span className="num">
      {p50Ms === null || p95Ms === null ? operationsTexts.none : text.times(length(p50Ms), length(p95Ms))}
    </span>
    <span className="block text-xs text-ink-2">{text.most(span(timeoutMs))}</span>
  </>
)

function LastRun({ job: { lastRunAt, lastEnding, lastProblem }, now }: { job: Job; now: number }) {
  return (
    <>
      {lastRunAt === null ? (
        <span className="text-ink-2">{text.never}</span>
      ) : (
        <>
          {relative(Date.parse(lastRunAt), now)}
          {lastEnding !== null && ', '}
          {lastEnding !== null && (
            <span className={clsx(lastEnding === 'failed' && 'font-semibold text-sell')}>
              {text.endings[lastEnding]}
            </span>
          )}
        </>
      )}
      {lastProblem && (
        <span className="block text-xs text-avoid">
          {text.problem(instant(lastProblem.at))} <bdi className="break-words">{lastProblem.sentence}</bdi>
        </span>
      )}
    </>
  )
}

function RunNow({ name }: { name: string }) {
  const action = useAction(runJob)
  const run = async () => {
    if (await action.run(name)) toast(text.placed(name))
  }
  return (
    <div className="grid gap-1 md:justify-items-end">
      <Button small busy={action.busy} aria-label={text.runOf(name)} onClick={() => void run()}>
        {text.run}
      </Button>
      <ActionProblem action={action} />
    </div>
  )
}
