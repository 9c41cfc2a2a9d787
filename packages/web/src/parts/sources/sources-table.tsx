import type { SourceHealth } from '@pumpiq/api'
import { kindTitles } from '../../words/kinds.ts'
import { figure, relative, words } from '../../words/show.ts'
import { quotaText, sourceCounts, sourceGroups } from '../../words/sources.ts'
import { sourcesTexts as text } from '../../words/texts/sources.ts'
import { Stacked, StackedBody, StackedCell, StackedGroup, StackedHead, StackedRow } from '../kit/stacked.tsx'
import { Standing } from './standing.tsx'

const { columns } = text

/** Every outside source under the kinds it speaks for: a row a source; on a narrow screen a card a source. */
export const SourcesTable = ({ sources, now }: { sources: readonly SourceHealth[]; now: number }) => (
  <Stacked caption={text.list} heads={Object.values(columns)} rights={[3, 4]}>
    {sourceGroups(sources).map(({ kind, sources: members }) => (
      <StackedBody key={kind ?? ''}>
        <StackedGroup columns={5}>
          {kind === null ? text.tokens : kindTitles[kind]}{' '}
          <span className="ml-2 text-xs font-normal text-ink-2">{sourceCounts(members)}</span>
        </StackedGroup>
        {members.map((source) => (
          <SourceRow key={source.id} source={source} now={now} />
        ))}
      </StackedBody>
    ))}
  </Stacked>
)

function SourceRow({ source, now }: { source: SourceHealth; now: number }) {
  const { feeds, quota, lastSuccessAt, latencyMs, calls, failures } = source
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0)
  return (
    <StackedRow>
      <StackedHead className="md:w-44">
        <SourceName source={source} />
      </StackedHead>
      <StackedCell className="text-ink-2 lg:w-64">
        {feeds.length === 0 ? text.newTokens : feeds.map(words).join(', ')}
      </StackedCell>
      <StackedCell>
        <Standing source={source} now={now} />
      </StackedCell>
      <StackedCell name={columns.left} right className="lg:whitespace-nowrap">
        {quota ? quotaText(quota) : text.none}
        {calls > 0 && <span className="block text-xs text-ink-2">{text.calls(figure(calls), figure(failed))}</span>}
      </StackedCell>
      <StackedCell name={columns.last} right className="lg:whitespace-nowrap">
        {lastSuccessAt === null ? text.none : relative(Date.parse(lastSuccessAt), now)}
        {latencyMs && (
          <span className="block text-xs text-ink-2">{text.latency(figure(latencyMs.p50), figure(latencyMs.p95))}</span>
        )}
      </StackedCell>
    </StackedRow>
  )
}

const SourceName = ({ source: { id, docs } }: { source: SourceHealth }) =>
  docs.startsWith('https://') ? (
    <a
      href={docs}
      rel="noreferrer"
      aria-label={text.manual(id)}
      className="text-accent underline-offset-2 hover:underline"
    >
      {id}
    </a>
  ) : (
    id
  )
