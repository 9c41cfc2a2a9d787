import type { AuditEntry } from '@pumpiq/api'
import { Link } from '../../paths.tsx'
import { instant } from '../../words/show.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { Badge, type BadgeTone } from '../kit/badge.tsx'
import { Stacked, StackedBody, StackedCell, StackedHead, StackedRow } from '../kit/stacked.tsx'
import { searchOf } from './audit-filter.ts'
import { sectionPath } from './sections.ts'

const text = peopleTexts.audit
const { columns } = text

const tones = { done: 'buy', refused: 'avoid', failed: 'sell' } as const satisfies Record<string, BadgeTone>
const outcomeOf = (status: number): keyof typeof tones => (status < 400 ? 'done' : status < 500 ? 'refused' : 'failed')

/** Entries of the audit log as they were written. */
export const AuditTable = ({ entries }: { entries: readonly AuditEntry[] }) => (
  <Stacked caption={text.title} heads={Object.values(columns)}>
    <StackedBody>
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </StackedBody>
  </Stacked>
)

function Entry({ entry }: { entry: AuditEntry }) {
  const { at, userId, via, address, operation, target, requestId, status, note } = entry
  const outcome = outcomeOf(status)
  return (
    <StackedRow>
      <StackedHead className="num whitespace-nowrap">
        <time dateTime={at}>{instant(at)}</time>
      </StackedHead>
      <StackedCell name={columns.who}>
        {userId === null ? text.nobody : <Only by={{ user: userId }}>{userId}</Only>}
        <span className="block text-xs text-ink-2">{text.via(via)}</span>
      </StackedCell>
      <StackedCell name={columns.what}>
        <Only by={{ operation }}>{operation}</Only>
        {note !== null && (
          <span className="block text-xs text-ink-2">
            <bdi>{note}</bdi>
          </span>
        )}
      </StackedCell>
      <StackedCell name={columns.target}>{target === null ? '–' : <Only by={{ target }}>{target}</Only>}</StackedCell>
      <StackedCell name={columns.outcome}>
        <Badge tone={tones[outcome]}>
          {text.outcomes[outcome]} {status}
        </Badge>
      </StackedCell>
      <StackedCell name={columns.from}>
        {address ?? text.noAddress}
        {requestId !== null && <span className="block text-xs break-all text-ink-2">{text.request(requestId)}</span>}
      </StackedCell>
    </StackedRow>
  )
}

/** Leads to all entries that share this. */
const Only = ({ by, children }: { by: Readonly<Record<string, string>>; children: string }) => (
  <Link to={sectionPath('audit') + searchOf(by)} className="break-all text-accent">
    {children}
  </Link>
)
