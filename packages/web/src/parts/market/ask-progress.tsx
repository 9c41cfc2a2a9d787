import type { Job } from '@pumpiq/api'
import { localNow, useTick } from '../../platform/clock.ts'
import { relative, span } from '../../words/show.ts'
import { askTexts as text } from '../../words/texts/market.ts'
import { Button } from '../kit/button.tsx'

/** What is asked for now, since when (epoch ms by this browser), and the job it has become. */
export type Under = { readonly token: string; readonly since: number; readonly job: Job | null }

const stepOf = (job: Job | null): string => {
  const state = job?.items[0]?.state
  if (state === undefined) return text.steps.sent
  return state === 'waiting' ? text.steps.waiting : state === 'asked' ? text.steps.asked : text.steps.done
}

/** What the work is doing, and how long it has been. */
export function AskProgress({ under: { token, since, job }, onCancel }: { under: Under; onCancel: () => void }) {
  useTick(1_000)
  const now = localNow()
  const until = job?.estimatedCompletionAt
  return (
    <section
      aria-label={text.working(token)}
      className="grid gap-2 rounded-lg border border-line bg-raised p-3 text-sm"
    >
      <p aria-live="polite">
        <bdi className="font-semibold">{job?.items[0]?.symbol ?? token}</bdi>: {stepOf(job)}…
      </p>
      <span aria-hidden="true" className="h-1.5 w-full animate-pulse rounded bg-accent/50" />
      <p className="flex items-center gap-3 text-xs text-ink-3">
        <span className="num">{text.since(span(now - since))}</span>
        {until && <span className="num">{text.expected(relative(Date.parse(until), now))}</span>}
        <Button small look="quiet" className="ml-auto" onClick={onCancel}>
          {text.cancel}
        </Button>
      </p>
    </section>
  )
}
