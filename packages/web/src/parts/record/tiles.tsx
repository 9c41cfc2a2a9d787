import type { PerformanceSummary } from '@pumpiq/api'
import { figure, percent, signed } from '../../words/show.ts'
import { recordTexts as text } from '../../words/texts/record.ts'
import { Fact } from '../kit/fact.tsx'
import { shareShown } from './measured.tsx'
import { Large, RateTile, Tile } from './tile.tsx'

/** The four figures by which a record is judged, each with its interval and what it rests on. */
export function Tiles({ summary: { directional, results } }: { summary: PerformanceSummary }) {
  const { hit, r } = directional
  return (
    <div className="grid grid-cols-1 gap-4 min-[480px]:grid-cols-2 xl:grid-cols-4">
      <RateTile title={text.mean} at="directional.r" rate={r} show={signed} unit="R">
        {text.meanWhy}
        {r.median !== null && (
          <span className="num">
            {' '}
            {text.median}:{' '}
            <Fact of="summary" at="directional.r.median">
              {signed(r.median)} R
            </Fact>
          </span>
        )}
      </RateTile>
      <RateTile title={text.hit} at="directional.hit" rate={hit} show={shareShown} unit="%">
        <span data-plain>{text.hitWhy}</span>
      </RateTile>
      <RateTile title={text.won} at="results.winRate" rate={results.winRate} show={shareShown} unit="%">
        <span data-plain>{text.wonWhy}</span>
      </RateTile>
      <FallTile directional={directional} />
    </div>
  )
}

function FallTile({ directional }: Pick<PerformanceSummary, 'directional'>) {
  const { totalR, maxDrawdownR, profitFactor, ambiguousShare, decided } = directional
  return (
    <Tile title={text.fall}>
      <Large>
        <Fact of="summary" at="directional.maxDrawdownR">
          {figure(maxDrawdownR, 2)} R
        </Fact>
      </Large>
      <p className="num text-sm">
        {text.sum}{' '}
        <Fact of="summary" at="directional.totalR">
          {signed(totalR)} R
        </Fact>
      </p>
      <p className="num mt-1 text-xs text-ink-3">
        <Fact of="summary" at="directional.decided">
          {figure(decided)}
        </Fact>{' '}
        {text.ended}. {text.gains}:{' '}
        {profitFactor === null ? (
          text.fewShort
        ) : (
          <Fact of="summary" at="directional.profitFactor">
            {figure(profitFactor, 2)}
          </Fact>
        )}
        . {text.ambiguous}:{' '}
        {ambiguousShare === null ? (
          text.fewShort
        ) : (
          <Fact of="summary" at="directional.ambiguousShare">
            {percent(ambiguousShare, 1)}
          </Fact>
        )}
      </p>
      <p className="mt-auto pt-2 text-xs text-ink-2">{text.fallWhy}</p>
    </Tile>
  )
}
