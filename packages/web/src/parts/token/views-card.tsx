import { useState } from 'react'
import { kinds, type Kind } from '@pumpiq/domain'
import type { TokenAnalysis } from '@pumpiq/api'
import { kindTitles } from '../../words/kinds.ts'
import { percent, signed } from '../../words/show.ts'
import { tokenTexts as text } from '../../words/texts/token.ts'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { LeanBar } from '../lean-bar.tsx'
import { stepsOf, summed, type Step } from './views.ts'

const few = 5

/** News, chain, technical and social: how each leans, how much of it could be known, and what adds up to it. */
export const ViewsCard = ({ analysis }: { analysis: TokenAnalysis }) => (
  <Card title={text.views} hint={text.viewsHint}>
    <div className="grid items-start gap-x-10 gap-y-8 md:grid-cols-2">
      {kinds.map((kind) => (
        <ViewOf key={kind} kind={kind} analysis={analysis} />
      ))}
    </div>
  </Card>
)

function ViewOf({ kind, analysis }: { kind: Kind; analysis: TokenAnalysis }) {
  const { score, quality, coverage } = analysis.kinds[kind]
  const steps = stepsOf(analysis, kind)
  return (
    <section aria-label={kindTitles[kind]} className="min-w-0">
      <div className="flex items-baseline gap-3">
        <h3 className="text-base">{kindTitles[kind]}</h3>
        <span className={`num ml-auto text-lg font-semibold ${toneOf(score)}`}>
          {score === null ? '–' : signed(score)}
        </span>
      </div>
      <LeanBar value={score ?? 0} className="my-1.5 h-3" />
      {score === null ? (
        <p className="text-sm text-ink-2">{text.noView}</p>
      ) : (
        <p className="text-xs text-ink-3">
          {text.quality(percent(quality))}
          {coverage !== null && `; ${text.coverage(percent(coverage))}`}
        </p>
      )}
      {steps !== null && score !== null && <Steps kind={kind} steps={steps} score={score} />}
      {steps === null && score !== null && <p className="mt-2 text-xs text-avoid">{text.notAdded}</p>}
    </section>
  )
}

const toneOf = (score: number | null): string =>
  score === null || Math.abs(score) < 0.005 ? 'text-ink-2' : score > 0 ? 'text-buy' : 'text-sell'

function Steps({ kind, steps, score }: { kind: Kind; steps: readonly Step[]; score: number }) {
  const [isAll, setAll] = useState(false)
  const { shown, rest } = isAll ? { shown: steps, rest: [] } : summed(steps, few)
  const reach = Math.max(0.05, ...steps.map(({ to }) => Math.abs(to)))
  const last = rest.at(-1)
  return (
    <>
      <table className="mt-3 w-full table-fixed border-collapse text-sm">
        <caption className="sr-only">{text.factorsOf(kindTitles[kind])}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{text.factor}</th>
            <th scope="col">{text.steps}</th>
            <th scope="col">{text.adds}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((step) => (
            <StepRow key={step.id} step={step} reach={reach} to={`#reading-${step.id}`} />
          ))}
          {last && (
            <StepRow
              step={{
                ...last,
                id: 'rest',
                label: text.rest(rest.length),
                from: rest[0]!.from,
                adds: last.to - rest[0]!.from,
              }}
              reach={reach}
            />
          )}
        </tbody>
        <tfoot>
          <StepRow step={{ id: 'score', label: text.sum, adds: score, from: 0, to: score }} reach={reach} isSum />
        </tfoot>
      </table>
      {steps.length > few + 1 && (
        <Button small look="quiet" className="-ml-2.5" onClick={() => setAll(!isAll)} aria-expanded={isAll}>
          {isAll ? text.fewFactors : text.allFactors}
        </Button>
      )}
    </>
  )
}

type RowProps = { step: Step; reach: number; to?: string; isSum?: boolean }

const StepRow = ({ step: { label, adds, from, to: end }, reach, to, isSum = false }: RowProps) => (
  <tr className={isSum ? 'font-semibold' : 'border-b border-line'}>
    <th scope="row" className={`py-1 pr-3 text-left break-words ${isSum ? 'font-semibold' : 'font-normal'}`}>
      {to === undefined ? (
        label
      ) : (
        <a href={to} className="inline-block min-h-6 hover:underline">
          {label}
        </a>
      )}
    </th>
    <td className="w-[34%] py-1">
      <StepBar from={from} to={end} reach={reach} />
    </td>
    <td className="num w-16 py-1 pl-3 text-right">{signed(adds, 3)}</td>
  </tr>
)

/** From where the one before ended; the middle is 0. */
function StepBar({ from, to, reach }: { from: number; to: number; reach: number }) {
  const x = (value: number) => 50 + (value / reach) * 48
  return (
    <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" className="h-4 w-full">
      <rect className="fill-line-2" x="49.7" width="0.6" height="12" />
      <rect
        className={to < from ? 'fill-sell' : 'fill-buy'}
        x={Math.min(x(from), x(to))}
        y="2"
        width={Math.max(0.8, Math.abs(x(to) - x(from)))}
        height="8"
      />
    </svg>
  )
}
