import { figures as shapes } from '@pumpiq/domain'
import type { TokenAnalysis } from '@pumpiq/api'
import { span } from '../../words/show.ts'
import { tokenTexts as text } from '../../words/texts/token.ts'
import { GapsNote } from '../gaps-note.tsx'
import { Card } from '../kit/card.tsx'
import { toldBy, type ToldBy } from './told-by.ts'

/** Who told what and how old it is, to the single figure; and what could not be known. */
export function SourcesCard({ analysis, at }: { analysis: TokenAnalysis; at: number }) {
  return (
    <Card title={text.sources} hint={text.sourcesHint}>
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[2fr_1fr]">
        <ul className="border-t border-line">
          {toldBy(analysis).map((told) => (
            <SourceLine key={told.source} told={told} at={at} />
          ))}
        </ul>
        <GapsNote gaps={analysis.gaps} />
      </div>
    </Card>
  )
}

function SourceLine({ told, at }: { told: ToldBy; at: number }) {
  const { source, figures, hazards, stories, isPriced, newestAt } = told
  const what = [
    isPriced && text.quotes,
    figures.length > 0 && text.figures(figures.length),
    hazards.length > 0 && text.hazards(hazards.length),
    stories > 0 && text.stories(stories),
  ].filter(Boolean)
  const line = (
    <>
      <span className="font-medium">{source}</span>
      <span className="text-ink-2">{what.join(', ')}</span>
      <span className="num ml-auto whitespace-nowrap text-ink-3">{span(at - newestAt)}</span>
    </>
  )
  const look = 'flex min-h-9 flex-wrap items-center gap-x-3 py-1.5 text-sm'
  return (
    <li className="border-b border-line">
      {figures.length + hazards.length === 0 ? (
        <p className={look}>{line}</p>
      ) : (
        <details>
          <summary className={look}>
            <span aria-hidden="true" className="text-ink-3">
              ▸
            </span>
            {line}
          </summary>
          <dl className="mb-2 grid gap-x-8 pl-5 text-xs sm:grid-cols-2">
            {figures.map((figure) => (
              <Told
                key={`${figure.name} ${figure.token}`}
                name={figure.name}
                value={`${figure.value.toLocaleString('en', { maximumSignificantDigits: 6 })} ${shapes[figure.name]?.unit ?? ''}`}
                age={span(at - Date.parse(figure.observedAt))}
              />
            ))}
            {hazards.map(({ danger, present, observedAt }) => (
              <Told
                key={danger}
                name={danger}
                value={present ? text.present : text.absent}
                age={span(at - Date.parse(observedAt))}
              />
            ))}
          </dl>
        </details>
      )}
    </li>
  )
}

const Told = ({ name, value, age }: { name: string; value: string; age: string }) => (
  <div className="flex items-baseline gap-2 py-0.5">
    <dt className="min-w-0 break-words text-ink-2">{name}</dt>
    <dd className="num ml-auto text-right">
      {value} <span className="text-ink-3">{age}</span>
    </dd>
  </div>
)
