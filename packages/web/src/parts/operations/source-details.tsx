import { useState } from 'react'
import type { AdminSource } from '@pumpiq/api'
import { figure, instant, relative, signed } from '../../words/show.ts'
import { keyNameOf } from '../../words/sources.ts'
import { operationsTexts } from '../../words/texts/operations.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Standing } from '../sources/standing.tsx'
import { CopyLine } from './copy-line.tsx'

const text = operationsTexts.sources

/** All that is known of a source: why calls failed, its line, what it was refused for, and how it is switched. */
export function SourceDetails({ source, now }: { source: AdminSource; now: number }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button small onClick={() => setOpen(true)} aria-label={text.detailsOf(source.id)}>
        {text.details}
      </Button>
      <Dialog title={source.id} open={open} onClose={() => setOpen(false)}>
        <div className="grid gap-4 text-left text-sm">
          <Standing source={source} now={now} />
          <Failures failures={source.failures} />
          <Line source={source} now={now} />
          <Refused refused={source.refused} />
          <Switching source={source} />
        </div>
      </Dialog>
    </>
  )
}

function Failures({ failures }: Pick<AdminSource, 'failures'>) {
  const reasons = Object.entries(failures)
  if (reasons.length === 0) return null
  return (
    <ul className="grid list-disc gap-0.5 pl-5">
      {reasons.map(([reason, count]) => (
        <li key={reason}>{text.reasons(reason, figure(count))}</li>
      ))}
    </ul>
  )
}

function Line({ source: { line, tells }, now }: { source: AdminSource; now: number }) {
  if (line === null) return null
  const { lastMessageAt, reconnects, skewMs } = line
  return (
    <div>
      <h3>{text.line}</h3>
      <p className="text-ink-2">
        {text.tells(tells.join(', '))};{' '}
        {text.reconnects(figure(reconnects), skewMs === null ? null : signed(skewMs, 0))}
        {lastMessageAt !== null && `; ${text.lastMessage(relative(Date.parse(lastMessageAt), now))}`}
      </p>
    </div>
  )
}

const Refused = ({ refused }: Pick<AdminSource, 'refused'>) => (
  <div>
    <h3>{text.refused}</h3>
    {refused.length === 0 ? (
      <p className="text-ink-2">{text.noneRefused}</p>
    ) : (
      <>
        <p className="text-xs text-ink-2">{text.refusedWhy}</p>
        <ul className="mt-2 grid gap-2">
          {refused.map(({ at, asked, issue, body }) => (
            <li key={`${at} ${asked}`} className="rounded-lg border border-line bg-raised p-3">
              <p>
                <b>{instant(at)}</b> <span className="break-all">{asked}</span>
              </p>
              <p className="text-avoid">{issue}</p>
              <p className="font-mono text-xs break-all text-ink-2">
                <bdi>{body}</bdi>
              </p>
            </li>
          ))}
        </ul>
      </>
    )}
  </div>
)

/** On and off is said where the server is started: here stands what to say. */
function Switching({ source: { id, off, key, hasKey } }: { source: AdminSource }) {
  const isOff = off !== null
  const needsKey = isOff && key === 'required' && !hasKey
  return (
    <div className="grid gap-1">
      <h3>
        {text.switchTitle}: {isOff ? text.switchOff : text.switchOn}
      </h3>
      <p className="text-ink-2">{text.switchWhy}</p>
      <CopyLine line={needsKey ? `${keyNameOf(id)}=` : `PUMPIQ_SOURCES=${isOff ? '+' : '-'}${id}`} />
      <p className="text-xs text-ink-2">{needsKey ? text.switchKey : text.switchJoin}</p>
    </div>
  )
}
