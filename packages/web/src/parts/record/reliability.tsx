import { useState } from 'react'
import type { PerformanceCalibration } from '@pumpiq/api'
import { useCalibration, type Part } from '../../data/performance.ts'
import { figure, percent, signed } from '../../words/show.ts'
import { recordTexts as text } from '../../words/texts/record.ts'
import { Choice } from '../kit/choice.tsx'
import { Fact } from '../kit/fact.tsx'
import { Panel } from '../kit/panel.tsx'
import { ReliabilityPlot } from './reliability-plot.tsx'
import { ReliabilityTable } from './reliability-table.tsx'

type Method = PerformanceCalibration['methods'][number]
type Which = 'shown' | 'measured'

const whiches = ['shown', 'measured'] as const

/** Whether what was said came as often as it was said; by how it was found, never in one figure. */
export function ReliabilityPanel({ part }: { part: Part }) {
  const [which, setWhich] = useState<Which>('shown')
  const asked = useCalibration(part)
  return (
    <Panel
      title={text.reliability}
      hint={<span data-plain>{text.reliabilityHint}</span>}
      asked={asked}
      rows={12}
      actions={
        <Choice
          label={text.which}
          value={which}
          options={whiches.map((value) => ({ value, label: text[value] }))}
          onChange={setWhich}
        />
      }
    >
      {({ methods }) => (
        <div className="grid grid-cols-1 gap-5">
          {methods.map((method, k) => (
            <MethodPart key={method.method} method={method} which={which} at={`methods.${k}.${which}`} />
          ))}
        </div>
      )}
    </Panel>
  )
}

function MethodPart({ method, which, at }: { method: Method; which: Which; at: string }) {
  const told = method[which]
  const { n, effectiveN, bins } = told
  return (
    <section className="grid grid-cols-1 gap-2 border-t border-line pt-4 first:border-0 first:pt-0">
      <h3>
        {text.methods[method.method]}{' '}
        <span className="num ml-1 text-xs font-normal text-ink-3">
          <Fact of="calibration" at={`${at}.n`}>
            {figure(n)}
          </Fact>{' '}
          {text.ended},{' '}
          <Fact of="calibration" at={`${at}.effectiveN`}>
            {figure(effectiveN, 0, 1)}
          </Fact>{' '}
          {text.worth}
        </span>
      </h3>
      {n === 0 ? (
        <p className="text-sm text-ink-2">{text.noForecasts}</p>
      ) : (
        <>
          <p className="text-sm text-ink-2">
            <Fact of="calibration" at={`${at}.skill`}>
              {told.skill}
            </Fact>
          </p>
          <Scores told={told} at={at} />
          {bins && (
            <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-[300px_minmax(0,1fr)]">
              <ReliabilityPlot bins={bins} />
              <ReliabilityTable bins={bins} at={at} />
            </div>
          )}
        </>
      )}
    </section>
  )
}

function Scores({ told: { baseRate, brier, brierSkill, ece }, at }: { told: Method[Which]; at: string }) {
  const scores = [
    [text.base, 'baseRate', baseRate, (value: number) => percent(value, 1)],
    [text.brier, 'brier', brier, (value: number) => figure(value, 3)],
    [text.skill, 'brierSkill', brierSkill, (value: number) => signed(value, 3)],
    [text.ece, 'ece', ece, (value: number) => percent(value, 1)],
  ] as const
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      {scores.map(([name, path, value, show]) => (
        <div key={path}>
          <dt className="inline text-xs text-ink-3">{name} </dt>
          <dd className="num inline font-medium">
            {value === null ? (
              text.fewShort
            ) : (
              <Fact of="calibration" at={`${at}.${path}`}>
                {show(value)}
              </Fact>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
