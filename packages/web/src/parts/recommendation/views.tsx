import { clsx } from 'clsx'
import { useState } from 'react'
import { kinds as kindNames, type Explanation, type Kind, type Recommendation } from '@pumpiq/domain'
import { kindTitles } from '../../words/kinds.ts'
import { figure, percent, plural, signed, span } from '../../words/show.ts'
import { evidenceTexts as text } from '../../words/texts/evidence.ts'
import { Reference } from '../cited-text.tsx'
import { Button } from '../kit/button.tsx'
import { Fact } from '../kit/fact.tsx'
import { Table, Td, Th } from '../kit/table.tsx'
import { Of, Plain } from './rows.tsx'

type Props = { call: Recommendation; told: Explanation | null; at: number }

/** The four views: what each was asked to weigh, what it could, what it comes to; and in each its readings. Ages are those at `at`, epoch ms. */
export function Views({ call, told, at }: Props) {
  const [open, setOpen] = useState<ReadonlySet<Kind>>(() => new Set([loudest(call)]))
  const toggle = (kind: Kind) =>
    setOpen(open.has(kind) ? new Set([...open].filter((one) => one !== kind)) : new Set([...open, kind]))
  return (
    <div className="grid gap-5">
      <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-4">
        {kindNames.map((kind) => (
          <KindTile
            key={kind}
            kind={kind}
            call={call}
            at={at}
            count={told?.readings.filter((reading) => reading.kind === kind).length ?? 0}
            isOpen={open.has(kind)}
            toggle={() => toggle(kind)}
          />
        ))}
      </div>
      {told?.readings.length === 0 && <p className="text-sm text-ink-2">{text.noReadings}</p>}
      {told &&
        kindNames.map((kind) => {
          const own = told.readings.flatMap((reading, index) => (reading.kind === kind ? [{ reading, index }] : []))
          return open.has(kind) && own.length > 0 && <Readings key={kind} kind={kind} own={own} told={told} at={at} />
        })}
    </div>
  )
}

/** The kind that says most: its readings are shown first. */
function loudest({ kinds }: Recommendation): Kind {
  const says = (kind: Kind) => Math.abs(kinds[kind].weightEffective * (kinds[kind].score ?? 0))
  return kindNames.reduce((best, kind) => (says(kind) > says(best) ? kind : best))
}

type TileProps = { kind: Kind; call: Recommendation; at: number; count: number; isOpen: boolean; toggle: () => void }

function KindTile({ kind, call, at, count, isOpen, toggle }: TileProps) {
  const { used, weightAsked, weightEffective, quality, score, oldestReading } = call.kinds[kind]
  const of = (name: string, shown: string) => <Of at={`kinds.${kind}.${name}`}>{shown}</Of>
  const tone = score === null || !used ? 'text-ink-3' : score < 0 ? 'text-sell' : 'text-buy'
  return (
    <section
      className={clsx(
        'grid content-start gap-1 rounded-lg border p-3',
        isOpen && count > 0 ? 'border-ink-3 bg-raised' : 'border-line',
      )}
    >
      <h3 className="flex items-baseline justify-between gap-2">
        {kindTitles[kind]}
        <span className={clsx('num text-lg', tone)}>{score === null ? '–' : of('score', signed(score))}</span>
      </h3>
      <p className="num text-xs text-ink-2">
        {text.asked} {of('weightAsked', figure(weightAsked))}, {text.given}{' '}
        {of('weightEffective', figure(weightEffective, 1))}
      </p>
      <p className="num text-xs text-ink-3">
        {used ? (
          <>
            {text.quality} {of('quality', percent(quality))}
            {oldestReading && <span data-plain>, {text.oldest(span(at - Date.parse(oldestReading)))}</span>}
          </>
        ) : weightAsked === 0 ? (
          text.notAsked
        ) : (
          text.notUsed
        )}
      </p>
      {count > 0 && (
        <Button small className="mt-1 justify-self-start" aria-expanded={isOpen} onClick={toggle}>
          <Plain>
            {isOpen ? text.hideReadings(kindTitles[kind], count) : text.showReadings(kindTitles[kind], count)}
          </Plain>
        </Button>
      )}
    </section>
  )
}

type Own = { readonly reading: Explanation['readings'][number]; readonly index: number }

function Readings({ kind, own, told, at }: { kind: Kind; own: readonly Own[]; told: Explanation; at: number }) {
  const sorted = own.toSorted((a, b) => Math.abs(b.reading.contribution) - Math.abs(a.reading.contribution))
  return (
    <section className="grid gap-1">
      <h3>
        {kindTitles[kind]}{' '}
        <span className="num ml-1 text-xs font-normal text-ink-3" data-plain>
          {own.length}
        </span>
      </h3>
      <Table caption={text.caption(kindTitles[kind])}>
        <thead>
          <tr>
            <Th>{text.reading}</Th>
            <Th right>{text.value}</Th>
            <Th right>{text.leans}</Th>
            <Th right>{text.adds}</Th>
            <Th className="hidden md:table-cell">{text.seenBy}</Th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((one) => (
            <ReadingRow key={one.reading.id} {...one} told={told} at={at} />
          ))}
        </tbody>
      </Table>
    </section>
  )
}

function ReadingRow({ reading, index, told, at }: Own & { told: Explanation; at: number }) {
  const { id, label, value, unit, lean, weight, contribution, cites } = reading
  const of = (name: string, shown: string) => (
    <Fact of="explanation" at={`readings.${index}.${name}`}>
      {shown}
    </Fact>
  )
  return (
    <tr id={`reading-${id}`} className="target:bg-warn-soft">
      <th scope="row" className="border-b border-line px-2 py-1.5 text-left align-top font-normal">
        <Plain className="inline-block first-letter:uppercase">{label}</Plain>{' '}
        <span data-plain>
          <Reference id={id} />
        </span>
      </th>
      <Td right className="py-1.5">
        {of('value', readable(value))}
        <span className="block text-xs text-ink-3" data-plain>
          {unit}
        </span>
      </Td>
      <Td right className={`py-1.5 whitespace-nowrap ${lean < 0 ? 'text-sell' : lean > 0 ? 'text-buy' : ''}`}>
        {of('lean', signed(lean))}
      </Td>
      <Td right className="py-1.5 whitespace-nowrap">
        {weight === 0 ? (
          <span className="text-xs text-ink-3">{text.informs}</span>
        ) : (
          of('contribution', signed(contribution, 3))
        )}
      </Td>
      <Td className="hidden max-w-64 py-1.5 text-xs text-ink-3 md:table-cell">
        <Plain className="break-words">{seenBy(cites, told, at)}</Plain>
      </Td>
    </tr>
  )
}

/** Four digits that count, never an exponent. */
function readable(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return figure(value, value === 0 ? 0 : Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value))))))
}

/** By whom it was seen, and how old the oldest of it was. */
function seenBy(cites: readonly string[], { observations }: Explanation, at: number): string {
  const seen = observations.filter(({ cite }) => cites.includes(cite))
  const sources = new Set(
    seen.flatMap((one) => ('source' in one ? [one.source] : one.what === 'crowd' ? one.crowd.platforms : [])),
  )
  const stories = seen.filter(({ what }) => what === 'story').length
  const who = [...sources, ...(stories > 0 ? [plural(stories, 'story', 'stories')] : [])].join(', ') || cites.join(', ')
  const ages = seen.flatMap((one) => ageOf(one, at))
  return ages.length === 0 ? who : `${who}; ${text.oldAt(span(Math.max(...ages)))}`
}

function ageOf(one: Explanation['observations'][number], at: number): number[] {
  if (one.what === 'candles') return [at - Date.parse(one.lastOpenAt) - one.intervalMs]
  if (one.what === 'story') return [at - Date.parse(one.publishedAt)]
  if (one.what === 'crowd') return [at - Date.parse(one.crowd.at)]
  return one.what === 'absent' ? [] : [at - Date.parse(one.observedAt)]
}
