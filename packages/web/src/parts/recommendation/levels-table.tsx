import { clsx } from 'clsx'
import type { Explanation, Recommendation } from '@pumpiq/domain'
import { distance, figure, percent } from '../../words/show.ts'
import { levelsOf, type Level } from '../../words/ladder.ts'
import { callTexts as text } from '../../words/texts/recommendation.ts'
import { Fact } from '../kit/fact.tsx'
import { Table, Td, Th } from '../kit/table.tsx'
import { Of, Plain, PriceFact } from './rows.tsx'

type Props = { call: Recommendation; told: Explanation | null }

/** The same levels as exact figures: how far from the price, what share closes there, and from which candidate each comes. */
export function LevelsTable({ call, told }: Props) {
  const levels = levelsOf(call)
  if (levels.length < 2) return <p className="text-sm text-ink-2">{text.noLevels}</p>
  const isTrade = call.entry !== null && call.stopLoss !== null
  return (
    <Table caption={text.levelsCaption}>
      <thead>
        <tr>
          <Th>{text.level}</Th>
          <Th right>{text.price}</Th>
          <Th right>{text.fromPrice}</Th>
          {isTrade && <Th right>{text.r}</Th>}
          {isTrade && <Th right>{text.closes}</Th>}
          {told && <Th className="hidden md:table-cell">{text.why}</Th>}
        </tr>
      </thead>
      <tbody>
        {levels.map((level) => (
          <LevelRow key={level.id} {...{ call, level, told, isTrade }} />
        ))}
      </tbody>
    </Table>
  )
}

const marks = {
  target: 'border-l-buy',
  stop: 'border-l-sell',
  edge: 'border-l-hold',
  price: 'border-l-ink',
} as const satisfies Record<Level['tone'], string>

function LevelRow({ call, level, told, isTrade }: Props & { level: Level; isTrade: boolean }) {
  const index = told?.levels.findIndex((one) => one.level === explainedNames[level.id]) ?? -1
  const explained = told?.levels[index]
  return (
    <tr>
      <th
        scope="row"
        data-plain
        className={clsx(
          'border-b border-l-3 border-b-line px-2 py-2 text-left font-semibold whitespace-nowrap',
          marks[level.tone],
        )}
      >
        {level.label}
      </th>
      <Td right>
        <PriceFact of="recommendation" at={paths[level.id]!} value={level.price} />
      </Td>
      <Td right className="whitespace-nowrap">
        <Plain>{call.price && level.tone !== 'price' ? distance(call.price.value, level.price) : ''}</Plain>
      </Td>
      {isTrade && (
        <Td right>
          {explained?.distanceR != null && (
            <Fact of="explanation" at={`levels.${index}.distanceR`}>
              {figure(explained.distanceR, 2)}
            </Fact>
          )}
        </Td>
      )}
      {isTrade && <Td right>{shareOf(call, level)}</Td>}
      {told && (
        <Td className="hidden text-xs text-ink-2 md:table-cell">
          {explained && (
            <>
              <Fact of="explanation" at={`levels.${index}.why`}>
                {explained.why}
              </Fact>
              {explained.distanceAtr !== null && (
                <span className="num whitespace-nowrap text-ink-3">
                  {' '}
                  <Fact of="explanation" at={`levels.${index}.distanceAtr`}>
                    {figure(explained.distanceAtr, 1)}
                  </Fact>{' '}
                  {text.atr}
                </span>
              )}
            </>
          )}
        </Td>
      )}
    </tr>
  )
}

/** Where in the document a level stands, and what the explanation calls it. */
const paths: Readonly<Record<string, string>> = {
  'target-1': 'targets.0.price',
  'target-2': 'targets.1.price',
  'target-3': 'targets.2.price',
  stop: 'stopLoss',
  'entry-low': 'entry.low',
  'entry-high': 'entry.high',
  'band-low': 'band.low',
  'band-high': 'band.high',
  price: 'price.value',
}
const explainedNames: Readonly<Record<string, Explanation['levels'][number]['level']>> = {
  'target-1': 'target1',
  'target-2': 'target2',
  'target-3': 'target3',
  stop: 'stop',
  'entry-low': 'entryLow',
  'entry-high': 'entryHigh',
  'band-low': 'bandLow',
  'band-high': 'bandHigh',
}

function shareOf({ targets }: Recommendation, { id }: Level) {
  const at = targets.findIndex((_, i) => id === `target-${i + 1}`)
  if (at >= 0) return <Of at={`targets.${at}.share`}>{percent(targets[at]!.share)}</Of>
  return id === 'stop' ? text.all : ''
}
