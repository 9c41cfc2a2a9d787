import { clsx } from 'clsx'
import type { AdminSource } from '@pumpiq/api'
import { useAdminSources } from '../../data/admin.ts'
import { useNow } from '../../data/now.ts'
import { figure } from '../../words/show.ts'
import { keyNameOf, quotaText, sourceCounts } from '../../words/sources.ts'
import { operationsTexts } from '../../words/texts/operations.ts'
import { Panel } from '../kit/panel.tsx'
import { Stacked, StackedBody, StackedCell, StackedHead, StackedRow } from '../kit/stacked.tsx'
import { Standing } from '../sources/standing.tsx'
import { SourceDetails } from './source-details.tsx'

const text = operationsTexts.sources
const { columns } = text

/** Each source as those who run it must know it. */
export function SourcesSection() {
  const sources = useAdminSources()
  const now = useNow()
  return (
    <Panel
      title={text.title}
      hint={sources.data ? sourceCounts(sources.data.items) : text.hint}
      asked={sources}
      rows={24}
    >
      {({ items }) => (
        <Stacked caption={text.title} heads={Object.values(columns)} rights={[2, 3, 6]}>
          <StackedBody>
            {items.map((source) => (
              <SourceRow key={source.id} source={source} now={now} />
            ))}
          </StackedBody>
        </Stacked>
      )}
    </Panel>
  )
}

function SourceRow({ source, now }: { source: AdminSource; now: number }) {
  const { id, quota, latencyMs, breaker, calls, failures, refused } = source
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0)
  return (
    <StackedRow>
      <StackedHead>{id}</StackedHead>
      <StackedCell>
        <Standing source={source} now={now} />
      </StackedCell>
      <StackedCell name={columns.quota} right>
        {quota ? quotaText(quota) : operationsTexts.none}
      </StackedCell>
      <StackedCell name={columns.latency} right>
        {latencyMs ? text.p50p95(figure(latencyMs.p50), figure(latencyMs.p95)) : operationsTexts.none}
        {calls > 0 && (
          <span className={clsx('block text-xs', failed > 0 ? 'text-avoid' : 'text-ink-2')}>
            {text.failed(figure(failed), figure(calls))}
          </span>
        )}
      </StackedCell>
      <StackedCell name={columns.breaker}>
        <span className={clsx(breaker !== 'closed' && 'font-semibold text-sell')}>{text.breakers[breaker]}</span>
      </StackedCell>
      <StackedCell name={columns.key}>
        <Key source={source} />
      </StackedCell>
      <StackedCell name={columns.more}>
        <div className="flex items-center justify-end gap-3">
          <span className={clsx(refused.length > 0 && 'text-avoid')}>
            {refused.length > 0 ? text.refusedCount(refused.length) : text.noneRefused}
          </span>
          <SourceDetails source={source} now={now} />
        </div>
      </StackedCell>
    </StackedRow>
  )
}

/** By its name alone: no page is told what a key is. */
function Key({ source: { id, key, hasKey } }: { source: AdminSource }) {
  if (key === 'none') return <span className="text-ink-2">{text.noKey}</span>
  const name = keyNameOf(id)
  if (hasKey) return <span className="break-all">{text.keyThere(name)}</span>
  return key === 'required' ? (
    <strong className="font-semibold break-all text-avoid">{text.keyMissing(name)}</strong>
  ) : (
    <span className="break-all text-ink-2">{text.keyOptional(name)}</span>
  )
}
