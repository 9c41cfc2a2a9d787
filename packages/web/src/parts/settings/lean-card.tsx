import { useDeferredValue } from 'react'
import { clsx } from 'clsx'
import { hysteresis, thresholdFor } from '@pumpiq/domain'
import { useHeardCalls, type HeardCall } from '../../data/settings.ts'
import { Link, recommendationPath } from '../../paths.tsx'
import { leanOf, type Hearing, type Lean } from '../../words/lean.ts'
import { figure, signed } from '../../words/show.ts'
import { settingsTexts } from '../../words/texts/settings.ts'
import { Badge, type BadgeTone } from '../kit/badge.tsx'
import { Card } from '../kit/card.tsx'
import { Note } from '../kit/note.tsx'
import { Skeleton } from '../kit/skeleton.tsx'
import { Table, Td, Th } from '../kit/table.tsx'

const text = settingsTexts.lean

/** What other weights would have made of the newest calls, while they are being moved. */
export function LeanCard({ hearing }: { hearing: Hearing }) {
  const { calls, awaited, problem } = useHeardCalls()
  const settled = useDeferredValue(hearing)
  const rows = calls.map(({ call, heard }) => ({
    call,
    before: leanOf(heard, heard.profile),
    after: leanOf(heard, settled),
  }))
  const enter = thresholdFor(settled.riskTolerance, settled.weights)
  const turned = rows.filter(({ before, after }) => before.direction !== after.direction).length
  return (
    <Card title={text.title} hint={text.hint}>
      {problem !== null && (
        <Note tone="warn" title={text.problem} className="mb-3">
          {problem}
        </Note>
      )}
      {awaited > 0 && <Skeleton rows={awaited} progress={text.reading(awaited)} />}
      {awaited === 0 && problem === null && rows.length === 0 && <p className="text-sm text-ink-2">{text.none}</p>}
      {rows.length > 0 && (
        <>
          <p role="status" className="mb-2 text-sm font-medium">
            {text.changes(turned, rows.length)}
          </p>
          <Table caption={text.title}>
            <thead>
              <tr>
                <Th>{text.token}</Th>
                <Th className="hidden sm:table-cell">{text.sealed}</Th>
                <Th right>{text.score}</Th>
                <Th>{text.direction}</Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.call.id} {...row} />
              ))}
            </tbody>
          </Table>
          <p className="mt-3 text-xs text-ink-2">{text.needs(figure(enter, 3), figure(enter * hysteresis, 3))}</p>
        </>
      )}
      <p className="mt-2 text-xs text-ink-2">{text.what}</p>
      <p className="mt-1 text-xs text-ink-3">{text.not}</p>
    </Card>
  )
}

const tones: Readonly<Record<HeardCall['call']['type'], BadgeTone>> = {
  BUY: 'buy',
  SELL: 'sell',
  HOLD: 'hold',
  AVOID: 'avoid',
}

function Row({ call, before, after }: { call: HeardCall['call']; before: Lean; after: Lean }) {
  const isTurned = before.direction !== after.direction
  return (
    <tr className={clsx(isTurned && 'bg-warn-soft')}>
      <Td>
        <Link to={recommendationPath(call.id)} className="font-semibold text-accent">
          <bdi>{call.symbol}</bdi>
        </Link>
        <span className="mt-0.5 block text-xs text-ink-2 sm:hidden">{text.sealedAs(call.type)}</span>
      </Td>
      <Td className="hidden sm:table-cell">
        <Badge tone={tones[call.type]}>{call.type}</Badge>
      </Td>
      <Td right className="whitespace-nowrap">
        {signed(before.score)} → <b>{signed(after.score)}</b>
      </Td>
      <Td className="whitespace-nowrap">
        {isTurned ? (
          <>
            <Badge tone={tones[before.direction]}>{before.direction}</Badge> →{' '}
            <Badge tone={tones[after.direction]}>{after.direction}</Badge>
          </>
        ) : (
          <span className="text-ink-3">
            {before.direction}
            <span className="hidden sm:inline">, {text.same}</span>
          </span>
        )}
      </Td>
    </tr>
  )
}
