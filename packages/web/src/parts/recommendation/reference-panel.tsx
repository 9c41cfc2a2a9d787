import { useEffect, useRef, type ReactNode } from 'react'
import type { Explanation } from '@pumpiq/domain'
import { plural, signed } from '../../words/show.ts'
import { evidenceTexts as text } from '../../words/texts/evidence.ts'
import { webAddress } from '../../words/web-address.ts'
import { openedId, Reference } from '../cited-text.tsx'
import { Button } from '../kit/button.tsx'
import { Fact } from '../kit/fact.tsx'
import { exactly, Plain, Row, Rows } from './rows.tsx'
import { Seen } from './seen.tsx'

type Props = { id: string; told: Explanation; close(): void }

/** What one reference stands for: its value, what it weighs, what it was made of, and who saw that when. Beside the page, not over it. */
export function ReferencePanel({ id, told, close }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  // By keyboard one goes on inside, whichever part of the page the reference stood in; another reference begins at its top.
  useEffect(() => {
    frame.current?.focus({ preventScroll: true })
    frame.current?.scrollTo(0, 0)
  }, [])
  return (
    <div
      ref={frame}
      id={openedId}
      role="region"
      aria-label={text.opened1(id)}
      tabIndex={-1}
      className="fixed inset-x-2 bottom-16 z-40 max-h-[62vh] overflow-y-auto rounded-xl border border-line-2 bg-card p-4 text-sm shadow-card outline-none sm:inset-x-auto sm:right-4 sm:bottom-4 sm:w-[27rem] sm:max-h-[75vh]"
    >
      <ReferenceTold id={id} told={told} close={close} />
    </div>
  )
}

/** The same without its frame. */
export function ReferenceTold({ id, told, close }: Props) {
  const at = told.references.findIndex((one) => one.id === id)
  const readingAt = told.readings.findIndex((one) => one.id === id)
  const reference = told.references[at]
  const reading = told.readings[readingAt]
  const { parts, seen } = sourcesOf(told, id)
  const what = reference ?? reading
  return (
    <div className="grid gap-3">
      <header className="flex items-start gap-3">
        <div className="min-w-0">
          <h3 className="first-letter:uppercase">
            <Plain>{what?.label ?? id}</Plain>
          </h3>
          <code className="text-xs text-ink-3">{id}</code>
        </div>
        <Button small className="ml-auto" onClick={close}>
          {text.close}
        </Button>
      </header>
      {what ? (
        <p className="num text-2xl font-semibold tracking-tight">
          <Fact of="explanation" at={reference ? `references.${at}.value` : `readings.${readingAt}.value`}>
            {exactly(what.value)}
          </Fact>{' '}
          <Plain className="text-sm font-normal text-ink-2">{what.unit}</Plain>
        </p>
      ) : (
        <p className="text-sell">{text.nothing}</p>
      )}
      {reading && <Weighs reading={reading} at={`readings.${readingAt}`} />}
      {parts.length > 0 && <MadeOf parts={parts} />}
      {seen.map((index) => (
        <Seen
          key={told.observations[index]!.cite}
          seen={told.observations[index]!}
          from={`observations.${index}`}
          at={Date.parse(told.at)}
        />
      ))}
      {parts.length + seen.length === 0 && what && <p className="text-ink-3">{text.ownRule}</p>}
      {seen.length > 1 && (
        <p className="text-xs text-ink-3" data-plain>
          {text.sealedWith(plural(seen.length, 'observation'))}
        </p>
      )}
    </div>
  )
}

/** What it was made of that can be opened itself, and where in the explanation stands what was seen. */
function sourcesOf(told: Explanation, id: string): { parts: string[]; seen: number[] } {
  const { references, readings, observations } = told
  const from = references.find((one) => one.id === id)?.from ?? readings.find((one) => one.id === id)?.cites ?? []
  const opens = (each: string) => references.some((one) => one.id === each) || readings.some((one) => one.id === each)
  const parts = from.filter(opens)
  const seen = observations.flatMap(({ cite }, index) =>
    cite === id || (from.includes(cite) && !parts.includes(cite)) ? [index] : [],
  )
  return { parts, seen }
}

function Weighs({ reading, at }: { reading: Explanation['readings'][number]; at: string }) {
  const { lean, weight, contribution, see } = reading
  return (
    <Rows>
      <Row name={text.leans}>
        <Fact of="explanation" at={`${at}.lean`}>
          {signed(lean)}
        </Fact>{' '}
        <Plain className="text-ink-3">{text.ofRange}</Plain>
      </Row>
      <Row name={text.weighs}>
        {weight === 0 ? (
          text.informs
        ) : (
          <>
            <Fact of="explanation" at={`${at}.contribution`}>
              {signed(contribution, 3)}
            </Fact>{' '}
            <span className="text-ink-3">{text.atWeight}</span>{' '}
            <Fact of="explanation" at={`${at}.weight`}>
              {weight.toFixed(3)}
            </Fact>
          </>
        )}
      </Row>
      <Row name={text.rule}>{see === null ? text.noRule : <Rule see={see} />}</Row>
    </Rows>
  )
}

/** Where the rule comes from; a page of ours or of its author. */
function Rule({ see }: { see: string }) {
  const address = webAddress(see)
  return (
    <Plain className="break-words">
      {address ? (
        <a href={address.href} rel="noreferrer nofollow" className="text-accent underline">
          <bdi>{address.text}</bdi>
        </a>
      ) : (
        <bdi>{see}</bdi>
      )}
    </Plain>
  )
}

const MadeOf = ({ parts }: { parts: readonly string[] }): ReactNode => (
  <p className="flex flex-wrap items-center gap-x-1.5 gap-y-2" data-plain>
    <span className="text-ink-2">{text.madeOf}</span>
    {parts.map((part) => (
      <Reference key={part} id={part} />
    ))}
  </p>
)
