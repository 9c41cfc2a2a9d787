import { kinds, type Kind, type Reading } from '@pumpiq/domain'
import { kindTitles } from '../words/kinds.ts'
import { plural, signed, span } from '../words/show.ts'
import { toldTexts as text } from '../words/texts/told.ts'
import { Td, Th } from './kit/table.tsx'
import { LeanBar } from './lean-bar.tsx'

/** `observedAt` is when the oldest of what it was read from was true. */
type Shown = Reading & { readonly label: string; readonly observedAt?: string | null }
type Props = { readings: readonly Shown[]; at: number }

/** By kind: each reading with its value, what it leans to, and the observations it was read from, so old at `at` (epoch ms). */
export function ReadingsTable({ readings, at }: Props) {
  if (readings.length === 0) return <p className="text-sm text-ink-2">{text.noReadings}</p>
  return (
    <div className="grid items-start gap-x-8 gap-y-6 lg:grid-cols-2">
      {kinds.map((kind) => {
        const own = readings.filter((reading) => reading.kind === kind)
        return own.length > 0 && <KindReadings key={kind} kind={kind} readings={own} at={at} />
      })}
    </div>
  )
}

function KindReadings({ kind, readings, at }: Props & { kind: Kind }) {
  const { origin, isOfAll } = commonOrigin(readings, at)
  return (
    <div className="min-w-0">
      <h3>
        {kindTitles[kind]}{' '}
        {origin !== null && (
          <span className="text-xs font-normal text-ink-3">{isOfAll ? text.all(origin) : text.elsewhere(origin)}</span>
        )}
      </h3>
      <table className="w-full table-fixed border-collapse text-sm" aria-label={text.readingsOf(kindTitles[kind])}>
        <thead>
          <tr>
            <Th className="pl-0">{text.reading}</Th>
            <Th right className="w-28">
              {text.value}
            </Th>
            <Th className="w-24 sm:w-36">{text.leans}</Th>
          </tr>
        </thead>
        <tbody>
          {readings.map((reading) => {
            const own = originOf(reading, at)
            return <ReadingRow key={reading.id} reading={reading} origin={own === origin ? null : own} />
          })}
        </tbody>
      </table>
    </div>
  )
}

function ReadingRow({ reading: { id, label, value, unit, lean }, origin }: { reading: Shown; origin: string | null }) {
  return (
    <tr id={`reading-${id}`} className="target:bg-warn-soft">
      <th scope="row" className="border-b border-line py-2 pr-2 text-left align-top font-normal break-words">
        {capital(label)}
        <span className="block text-xs text-ink-3">
          <code>{id}</code>
          {origin !== null && ` ${origin}`}
        </span>
      </th>
      <Td right>
        {figure(value)}
        <span className="block text-xs text-ink-3">{unit}</span>
      </Td>
      <Td className="pr-0">
        <span className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2 pt-0.5">
          <LeanBar value={lean} />
          <span className="num w-11 text-right">{signed(lean)}</span>
        </span>
      </Td>
    </tr>
  )
}

const capital = (label: string): string => label.charAt(0).toUpperCase() + label.slice(1)

/** "from dexscreener:pools, 3 min old". Stories are listed with their words elsewhere, so they are counted. */
function originOf({ kind, cites, observedAt }: Shown, at: number): string {
  const from = kind === 'news' ? plural(cites.length, 'story', 'stories') : cites.join(', ')
  return `from ${from}${observedAt ? `, ${span(at - Date.parse(observedAt))} old` : ''}`
}

/** Where more than half of them are from; null where they are from all over. */
function commonOrigin(readings: readonly Shown[], at: number): { origin: string | null; isOfAll: boolean } {
  const said = readings.map((reading) => originOf(reading, at))
  const origin = said.find((one) => said.filter((other) => other === one).length * 2 > said.length) ?? null
  return { origin, isOfAll: said.every((one) => one === origin) }
}

/** Four significant digits, never an exponent. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = value === 0 ? 0 : Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value)))))
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace('-', '−')
}
