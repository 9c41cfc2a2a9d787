import type { RecommendationSummary } from '@pumpiq/api'
import type { Asked } from '../../data/asked.ts'
import { Link, recommendationPath } from '../../paths.tsx'
import { instant, percent, words } from '../../words/show.ts'
import { tokenTexts as text } from '../../words/texts/token.ts'
import { CallBadge } from '../call-badge.tsx'
import { EndingBadge } from '../ending-badge.tsx'
import { Panel } from '../kit/panel.tsx'
import { Table, Td, Th } from '../kit/table.tsx'

type Props = { asked: Asked<readonly RecommendationSummary[]>; symbol: string }

/** Every call that was made on it, and how each ended. */
export const CallsCard = ({ asked, symbol }: Props) => (
  <Panel
    title={text.calls}
    hint={text.callsHint}
    asked={asked}
    rows={5}
    empty={(calls) => (calls.length === 0 ? text.noCall : null)}
  >
    {(calls) => (
      <Table caption={text.callsCaption(symbol)}>
        <thead>
          <tr>
            <Th>{text.issued}</Th>
            <Th>{text.type}</Th>
            <Th>{text.timeframe}</Th>
            <Th>{text.whose}</Th>
            <Th right>{text.confidence}</Th>
            <Th>{text.outcome}</Th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <tr key={call.id}>
              <Td className="whitespace-nowrap">
                <Link to={recommendationPath(call.id)} className="inline-block min-h-6 text-accent underline">
                  <time dateTime={call.issuedAt}>{instant(call.issuedAt)}</time>
                </Link>
              </Td>
              <Td>
                <CallBadge call={call} />
              </Td>
              <Td className="whitespace-nowrap">{words(call.timeframe)}</Td>
              <Td className="whitespace-nowrap">{call.house ? text.house : text.asker}</Td>
              <Td right>{call.confidence ? percent(call.confidence.value) : '–'}</Td>
              <Td>
                {call.outcome ? (
                  <EndingBadge type={call.type} outcome={call.outcome} />
                ) : (
                  <span className="text-ink-2">{call.abstained === null ? text.open : text.noOutcome}</span>
                )}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    )}
  </Panel>
)
