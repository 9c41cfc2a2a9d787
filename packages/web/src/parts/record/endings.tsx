import { useState } from 'react'
import type { RecommendationSummary } from '@pumpiq/api'
import { useEndings, type Endings, type Part } from '../../data/performance.ts'
import { Link, recommendationPath } from '../../paths.tsx'
import { instant, signed } from '../../words/show.ts'
import { recordTexts as text } from '../../words/texts/record.ts'
import { CallBadge } from '../call-badge.tsx'
import { EndingBadge } from '../ending-badge.tsx'
import { Button } from '../kit/button.tsx'
import { Fact } from '../kit/fact.tsx'
import { Panel } from '../kit/panel.tsx'
import { Table, Td, Th } from '../kit/table.tsx'

const firstShown = 10

/** What ended, in the order the server gives it: the largest loss first. */
export function EndingsPanel({ part }: { part: Part }) {
  const [shown, setShown] = useState(firstShown)
  const asked = useEndings(part, shown)
  const more = ({ items, more: isMore }: Endings) => isMore || items.length > shown
  return (
    <Panel title={text.endings} hint={text.endingsHint} asked={asked} rows={firstShown + 2} empty={noneOf}>
      {(endings) => (
        <>
          <EndingsTable endings={endings.items.slice(0, shown)} />
          {more(endings) && (
            <Button small className="mt-3" onClick={() => setShown(shown < 50 ? 50 : shown + 50)}>
              {text.more}
            </Button>
          )}
        </>
      )}
    </Panel>
  )
}

const noneOf = ({ items }: Endings) => (items.length === 0 ? text.noneHere : null)

const EndingsTable = ({ endings }: { endings: readonly RecommendationSummary[] }) => (
  <Table caption={`${text.endings}, ${text.endingsHint}`}>
    <thead>
      <tr>
        <Th>{text.token}</Th>
        <Th>{text.call}</Th>
        <Th>{text.endedAs}</Th>
        <Th right>{text.result}</Th>
        <Th right className="max-sm:hidden">
          {text.return}
        </Th>
        <Th className="max-md:hidden">{text.issued}</Th>
        <Th className="max-sm:hidden">{text.endedAt}</Th>
      </tr>
    </thead>
    <tbody>
      {endings.map((call) => (
        <EndingRow key={call.id} call={call} />
      ))}
    </tbody>
  </Table>
)

const None = () => <span className="text-ink-3">–</span>

function EndingRow({ call }: { call: RecommendationSummary }) {
  const { outcome, type, issuedAt, id, symbol } = call
  if (!outcome) return null
  const { at, rMultiple, returnNetPct } = outcome
  const from = `items[id=${id}].outcome`
  return (
    <tr className="hover:bg-raised">
      <th scope="row" className="border-b border-line px-2 py-2 text-left align-top font-semibold">
        <Link to={recommendationPath(id)} className="inline-block min-h-6 underline-offset-2 hover:underline">
          <bdi data-plain>{symbol}</bdi>
        </Link>
      </th>
      <Td>
        <CallBadge call={call} />
      </Td>
      <Td>
        <EndingBadge type={type} outcome={outcome} bare />
      </Td>
      <Td right className={rMultiple === null ? '' : rMultiple < 0 ? 'text-sell' : 'text-buy'}>
        {rMultiple === null ? (
          <None />
        ) : (
          <Fact of="endings" at={`${from}.rMultiple`} className="font-medium whitespace-nowrap">
            {signed(rMultiple)} R
          </Fact>
        )}
      </Td>
      <Td right className="max-sm:hidden">
        {returnNetPct === null ? (
          <None />
        ) : (
          <Fact of="endings" at={`${from}.returnNetPct`} className="whitespace-nowrap">
            {signed(returnNetPct)} %
          </Fact>
        )}
      </Td>
      <Td className="text-xs whitespace-nowrap text-ink-2 max-md:hidden">
        <time dateTime={issuedAt}>{instant(issuedAt)}</time>
      </Td>
      <Td className="text-xs whitespace-nowrap text-ink-2 max-sm:hidden">
        {at === null ? <None /> : <time dateTime={at}>{instant(at)}</time>}
      </Td>
    </tr>
  )
}
