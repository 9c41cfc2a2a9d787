import { kinds, type Weights } from '@pumpiq/domain'
import { settingsTexts } from '../../words/texts/settings.ts'
import { rebalanced } from '../../words/weights.ts'

const text = settingsTexts.weights

type Props = { weights: Weights; disabled: boolean; onChange: (weights: Weights) => void }

/** Four linked weights: moved by pointer or keys, typed, and always 100 together. */
export const WeightSliders = ({ weights, disabled, onChange }: Props) => (
  <div className="grid gap-3">
    {kinds.map((kind) => {
      const move = (value: string) => onChange(rebalanced(weights, kind, Number(value)))
      return (
        <div key={kind} className="grid grid-cols-[5.5rem_minmax(0,1fr)_4.5rem] items-center gap-3">
          <span aria-hidden="true" className="text-sm font-medium">
            {text.kinds[kind]}
          </span>
          <input
            type="range"
            min={0}
            max={99}
            step={1}
            disabled={disabled}
            aria-label={text.slider(text.kinds[kind])}
            aria-valuetext={`${weights[kind]} %`}
            value={weights[kind]}
            onChange={(event) => move(event.target.value)}
            className="h-7 w-full accent-accent disabled:opacity-50"
          />
          <output className="num text-right text-sm font-semibold">{weights[kind]} %</output>
        </div>
      )
    })}
    <div aria-hidden="true" className="flex h-2.5 overflow-hidden rounded-full bg-line">
      {kinds.map((kind, i) => (
        <span
          key={kind}
          className="border-r border-card bg-accent last:border-0"
          style={{ width: `${weights[kind]}%`, opacity: 1 - i * 0.22 }}
        />
      ))}
    </div>
    <p className="text-xs text-ink-3">{disabled ? text.only : text.sum}</p>
  </div>
)
