import { kinds as kindNames, type Kind, type Recommendation } from '@pumpiq/domain'
import type { TokenAnalysis } from '@pumpiq/api'
import { kindTitles } from '../words/kinds.ts'
import { percent, signed, span } from '../words/show.ts'
import { Completeness } from './calls-table.tsx'

const weighed = ['Asked', 'Given', 'Quality', 'Score', 'Oldest']
const known = ['Answered', 'Quality', 'Score', 'Oldest']

type CallProps = { call: Pick<Recommendation, 'kinds' | 'completeness'>; at: number }

/** Weight asked against weight that could be given: a kind without evidence adds nothing. Ages are those at `at` (epoch ms). */
export function KindsTable({ call: { kinds, completeness }, at }: CallProps) {
  return (
    <table className="figures">
      <caption>
        How much could be known <Completeness ratio={completeness} />
      </caption>
      <Head columns={weighed} />
      <tbody>
        {kindNames.map((name) => {
          const { used, weightAsked, weightEffective, quality, score, oldestReading } = kinds[name]
          return (
            <KindRow
              key={name}
              kind={name}
              used={used}
              columns={weighed}
              cells={[
                String(weightAsked),
                used ? weightEffective.toFixed(1) : 'none',
                used ? percent(quality) : '–',
                score === null ? '–' : signed(score),
                used ? ageOf(oldestReading, at) : '–',
              ]}
            />
          )
        })}
      </tbody>
    </table>
  )
}

/** The same of a token for which nothing was asked: how far the sources of each kind answer, and what they come to. */
export function KnownKindsTable({ analysis: { kinds, readings }, at }: { analysis: TokenAnalysis; at: number }) {
  return (
    <table className="figures">
      <caption>How much is known</caption>
      <Head columns={known} />
      <tbody>
        {kindNames.map((name) => {
          const { score, quality, coverage } = kinds[name]
          const seen = readings.flatMap(({ kind, observedAt }) => (kind === name && observedAt ? [observedAt] : []))
          return (
            <KindRow
              key={name}
              kind={name}
              used={score !== null}
              columns={known}
              cells={[
                coverage === null ? '–' : percent(coverage),
                score === null ? 'none' : percent(quality),
                score === null ? '–' : signed(score),
                ageOf(seen.toSorted()[0] ?? null, at),
              ]}
            />
          )
        })}
      </tbody>
    </table>
  )
}

const Head = ({ columns }: { columns: readonly string[] }) => (
  <thead>
    <tr>
      <th scope="col">Kind</th>
      {columns.map((column) => (
        <th key={column} scope="col" className="right">
          {column}
        </th>
      ))}
    </tr>
  </thead>
)

type RowProps = { kind: Kind; used: boolean; columns: readonly string[]; cells: readonly string[] }

const KindRow = ({ kind, used, columns, cells }: RowProps) => (
  <tr className={used ? '' : 'unused'}>
    <th scope="row">{kindTitles[kind]}</th>
    {columns.map((column, i) => (
      <td key={column} className="right num">
        {cells[i]}
      </td>
    ))}
  </tr>
)

const ageOf = (iso: string | null, at: number): string => (iso === null ? '–' : span(at - Date.parse(iso)))
