import { useState } from 'react'
import type { SourceHealth } from '@pumpiq/api'
import { useNow } from '../data/now.ts'
import { useSources } from '../data/system.ts'
import { Choice } from '../parts/kit/choice.tsx'
import { Panel } from '../parts/kit/panel.tsx'
import { SourcesTable } from '../parts/sources/sources-table.tsx'
import { standingOf, type SourceStanding } from '../words/sources.ts'
import { sourcesTexts as text } from '../words/texts/sources.ts'

const standings: readonly SourceStanding[] = ['up', 'down', 'unknown', 'off']

/** Where evidence comes from: every outside source, whether it answers, and how much may still be asked of it. */
export function SourcesPage() {
  const sources = useSources()
  const now = useNow()
  const [shown, setShown] = useState<SourceStanding | null>(null)
  const items = sources.data?.items ?? []
  const members = items.filter((source) => shown === null || standingOf(source) === shown)
  return (
    <div className="grid grid-cols-1 gap-5">
      <header className="grid gap-1">
        <h1>{text.title}</h1>
        <p className="max-w-3xl text-sm text-ink-2">{text.lead}</p>
      </header>
      <Panel
        title={text.list}
        asked={sources}
        rows={24}
        empty={({ items: all }) => (all.length === 0 ? text.noneSo : null)}
      >
        {() => (
          <>
            <Choice label={text.filter} value={shown} options={optionsOf(items)} onChange={setShown} />
            {members.length === 0 ? (
              <p className="pt-4 text-sm text-ink-2">{text.noneSo}</p>
            ) : (
              <SourcesTable sources={members} now={now} />
            )}
          </>
        )}
      </Panel>
      <p className="max-w-3xl text-sm text-ink-2">{text.explain}</p>
    </div>
  )
}

const optionsOf = (items: readonly SourceHealth[]) => [
  { value: null, label: text.all, count: items.length },
  ...standings.map((value) => ({
    value,
    label: text.standings[value],
    count: items.filter((source) => standingOf(source) === value).length,
  })),
]
