import { kinds, type Kind, type Reading } from '@pumpiq/domain'
import { kindTitles } from '../words/kinds.ts'
import { plural, signed, span } from '../words/show.ts'
import { Bar } from './factor-bars.tsx'

/** `observedAt` is when the oldest of what it was read from was true. */
type Shown = Reading & { readonly label: string; readonly observedAt?: string | null }
type Props = { readings: readonly Shown[]; at: number }

/** By kind: each reading with its value, what it leans to, and the observations it was read from, so old at `at` (epoch ms). */
export function ReadingsTable({ readings, at }: Props) {
  if (readings.length === 0) return <p className="faint">No signal had enough evidence to speak.</p>
  return (
    <div className="readings-by-kind">
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
    <table className="figures readings">
      <caption>
        {kindTitles[kind]}{' '}
        {origin !== null && (
          <span className="faint small caption-note">
            {isOfAll ? `all ${origin}` : `${origin} where nothing else is said`}
          </span>
        )}
      </caption>
      <thead>
        <tr>
          <th scope="col">Reading</th>
          <th scope="col" className="right">
            Value
          </th>
          <th scope="col" colSpan={2}>
            Leans
          </th>
        </tr>
      </thead>
      <tbody>
        {readings.map((reading) => {
          const own = originOf(reading, at)
          return <ReadingRow key={reading.id} reading={reading} origin={own === origin ? null : own} />
        })}
      </tbody>
    </table>
  )
}

function ReadingRow({ reading: { id, label, value, unit, lean }, origin }: { reading: Shown; origin: string | null }) {
  return (
    <tr id={`reading-${id}`}>
      <th scope="row">
        {capital(label)}
        <span className="faint small block">
          <code>{id}</code>
          {origin !== null && ` ${origin}`}
        </span>
      </th>
      <td className="right num">
        {figure(value)}
        <span className="faint small block">{unit}</span>
      </td>
      <td className="factor-bar">
        <Bar value={lean} />
      </td>
      <td className="right num">{signed(lean)}</td>
    </tr>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

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
