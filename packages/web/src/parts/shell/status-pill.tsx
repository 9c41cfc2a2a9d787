import { clsx } from 'clsx'
import type { Health } from '@pumpiq/api'
import type { Asked } from '../../data/asked.ts'
import { Link, sourcesPath } from '../../paths.tsx'
import { followingSentence } from '../../words/following.ts'
import { shellTexts as text } from '../../words/texts/shell.ts'

const dots = { good: 'bg-buy', warn: 'bg-avoid', bad: 'bg-sell', idle: 'bg-ink-3' } as const

/** Whether what is shown is live, and how much of the outside answers. */
export function StatusPill({ health: { data, problem } }: { health: Asked<Health> }) {
  const [tone, words] = statusOf(data, problem)
  return (
    <Link
      to={sourcesPath}
      title={data && problem === null ? followingSentence(data.tracker) : undefined}
      className="inline-flex min-h-9 items-center gap-2 rounded-full border border-line-2 bg-card px-3 text-xs font-medium text-ink no-underline"
    >
      <span className={clsx('size-2 rounded-full', dots[tone])} aria-hidden="true" />
      <span role="status" className="sr-only sm:not-sr-only">
        {words}
      </span>
    </Link>
  )
}

function statusOf(health: Health | null, problem: string | null): [tone: keyof typeof dots, words: string] {
  const { status: say } = text
  if (problem !== null) return ['bad', say.silent]
  if (!health) return ['idle', say.connecting]
  const { status, data, sources } = health
  if (status === 'offline') return ['bad', say.offline]
  if (status === 'degraded') return ['warn', say.degraded(sources.down.length, sources.up)]
  const name = data === 'simulated' ? say.simulated : say.live
  return status === 'starting' ? ['idle', say.starting(name)] : ['good', say.up(name, sources.up)]
}
