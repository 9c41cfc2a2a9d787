import { useLocation } from '@tanstack/react-router'
import { useAudit } from '../../data/admin.ts'
import { useGo } from '../../paths.tsx'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { Panel } from '../kit/panel.tsx'
import { auditFilterOf, searchOf } from './audit-filter.ts'
import { AuditForm } from './audit-form.tsx'
import { AuditTable } from './audit-table.tsx'
import { Pager, useCursors } from './pager.tsx'
import { sectionPath } from './sections.ts'

const text = peopleTexts.audit

/** Who did what to whom, from where, and how it ended. What is chosen stands in the address. */
export function AuditSection() {
  const search = useLocation({ select: ({ searchStr }) => searchStr })
  // Another choice begins at its first page.
  return <Chosen key={search} search={search} />
}

function Chosen({ search }: { search: string }) {
  const filter = auditFilterOf(search)
  const { cursor, newer, olderThan } = useCursors()
  const entries = useAudit(filter, cursor)
  const go = useGo()
  return (
    <Panel title={text.title} hint={text.hint} asked={entries} rows={20}>
      {({ items, next }) => (
        <div className="grid grid-cols-1 gap-4">
          <AuditForm filter={filter} onChoose={(chosen) => go?.(sectionPath('audit') + searchOf(chosen))} />
          {items.length === 0 ? <p className="text-sm text-ink-2">{text.none}</p> : <AuditTable entries={items} />}
          <Pager onNewer={newer} onOlder={olderThan(next)} />
        </div>
      )}
    </Panel>
  )
}
