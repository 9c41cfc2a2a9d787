import { useState } from 'react'
import type { Factor } from '@pumpiq/domain'
import { signed } from '../../words/show.ts'
import { callTexts as text } from '../../words/texts/recommendation.ts'
import { Reference } from '../cited-text.tsx'
import { Button } from '../kit/button.tsx'
import { Of, Plain, TextFact } from './rows.tsx'

const few = 8

/** Additive: each bar begins where the one before ends, and the last end is the score. */
export function Factors({ factors, score }: { factors: readonly Factor[]; score: number }) {
  const [isAll, showAll] = useState(factors.length <= few + 2)
  const shown = isAll ? factors : factors.slice(0, few)
  const steps = stepsOf(factors)
  const reach = scaleOf(steps, score)
  const left = factors.slice(shown.length)
  return (
    <>
      <h3 className="mb-1">
        {text.factors} <span className="ml-2 text-xs font-normal text-ink-3">{text.factorsHint}</span>
      </h3>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{text.factorsCaption}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{text.factor}</th>
            <th scope="col">{text.sum}</th>
            <th scope="col">{text.adds}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((factor, i) => (
            <FactorRow key={factor.factor} factor={factor} index={i} step={steps[i]!} reach={reach} />
          ))}
          {left.length > 0 && (
            <tr className="border-b border-line text-ink-2">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal" data-plain>
                {text.rest(left.length)}
              </th>
              <td className="w-[38%]">
                <Bar from={steps[shown.length]!.from} to={steps.at(-1)!.to} reach={reach} />
              </td>
              <td className="num py-1.5 pl-3 text-right" data-plain>
                {signed(
                  left.reduce((sum, { contribution }) => sum + contribution, 0),
                  3,
                )}
              </td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="py-2 pr-3 text-left font-semibold">
              {text.sum}
            </th>
            <td>
              <Bar from={0} to={score} reach={reach} whole />
            </td>
            <td className="num py-2 pl-3 text-right font-semibold">
              <Of at="score">{signed(score, 3)}</Of>
            </td>
          </tr>
        </tfoot>
      </table>
      {factors.length > few + 2 && (
        <Button small look="quiet" className="mt-1 -ml-2" onClick={() => showAll(!isAll)}>
          <Plain>{isAll ? text.fewFactors : text.allFactors(factors.length)}</Plain>
        </Button>
      )}
    </>
  )
}

type Step = { readonly from: number; readonly to: number }

function stepsOf(factors: readonly Factor[]): Step[] {
  let at = 0
  return factors.map(({ contribution }) => {
    const from = at
    at += contribution
    return { from, to: at }
  })
}

type Reach = { readonly low: number; readonly high: number }

const scaleOf = (steps: readonly Step[], score: number): Reach => {
  const ends = [0, score, ...steps.map(({ to }) => to)]
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  return high - low < 1e-9 ? { low: -1, high: 1 } : { low, high }
}

type RowProps = { factor: Factor; index: number; step: Step; reach: Reach }

function FactorRow({ factor: { factor, contribution, evidence, why }, index, step, reach }: RowProps) {
  return (
    <tr className="border-b border-line">
      <th scope="row" className="py-1.5 pr-3 text-left font-normal">
        <Plain className="inline-block first-letter:uppercase">{factor}</Plain>{' '}
        <span data-plain className="hidden sm:inline">
          {evidence.map((id) => (
            <Reference key={id} id={id} />
          ))}
        </span>
        {why !== undefined && (
          <span className="block text-xs text-ink-2">
            <TextFact of="recommendation" at={`keyFactors.${index}.why`} text={why} />
          </span>
        )}
      </th>
      <td className="w-[38%]">
        <Bar {...step} reach={reach} />
      </td>
      <td className="num py-1.5 pl-3 text-right">
        <Of at={`keyFactors.${index}.contribution`}>{signed(contribution, 3)}</Of>
      </td>
    </tr>
  )
}

function Bar({ from, to, reach: { low, high }, whole = false }: Step & { reach: Reach; whole?: boolean }) {
  const x = (value: number) => 2 + (96 * (value - low)) / (high - low)
  const [left, right] = [Math.min(x(from), x(to)), Math.max(x(from), x(to))]
  const ink = to < from ? 'fill-sell' : 'fill-buy'
  return (
    <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" className="block h-3.5 w-full">
      <rect className="fill-line-2" x={x(0) - 0.15} width="0.3" height="12" />
      <rect
        className={whole ? ink : `${ink} opacity-75`}
        x={left}
        y={whole ? 1 : 2.5}
        width={Math.max(0.4, right - left)}
        height={whole ? 10 : 7}
      />
    </svg>
  )
}
