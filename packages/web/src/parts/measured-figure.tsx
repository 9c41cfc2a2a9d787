import type { Rate } from '@pumpiq/domain'
import { intervalOf } from './measured-tile.tsx'

type Props = {
  rate: Pick<Rate, 'value' | 'low' | 'high' | 'n' | 'effectiveN' | 'note'>
  show: (value: number) => string
  unit: string
}

/** A figure in a table with its interval below; nothing is told of too few. */
export function MeasuredFigure({ rate, show, unit }: Props) {
  if (rate.value === null) return <span className="faint">too few</span>
  return (
    <span className="num">
      {show(rate.value)} {unit}
      <span className="faint small block">{intervalOf(rate, show, unit)}</span>
    </span>
  )
}
