import type { BaselinesBeside, Period } from '@pumpiq/api'
import { useBaselines } from '../data/performance.ts'
import { plural } from '../words/show.ts'
import { BaselinesTable } from './baselines-table.tsx'

/** The record beside what others would have made of it, the answer first. */
export function BaselinesCard({ period }: { period: Period }) {
  const { data, problem } = useBaselines(period)
  return (
    <section className="card beside-card" aria-labelledby="baselines">
      <h2 id="baselines">Beside buying, coin flips and trend rules</h2>
      {problem !== null && <p className="problem">They could not be read: {problem}</p>}
      {data && (
        <>
          <p className="verdict">{data.verdict}</p>
          <BaselinesTable rows={data.rows} />
          <p className="explain">
            Each enters at the fill of the call, pays the same costs and, without levels, leaves where the call ended.{' '}
            {standing(data.counted)}
          </p>
        </>
      )}
    </section>
  )
}

function standing({ decided, played, waiting, unknown }: BaselinesBeside['counted']): string {
  if (decided === 0) return 'No BUY or SELL was filled and has ended yet.'
  const rest = [
    waiting > 0 && `${waiting.toLocaleString('en')} not looked at yet`,
    unknown > 0 && `${unknown.toLocaleString('en')} without candles to compute them from`,
  ].filter((one) => one !== false)
  const told = `Computed for ${played.toLocaleString('en')} of ${plural(decided, 'call')} that were filled and ended`
  return `${[told, ...rest].join('; ')}.`
}
