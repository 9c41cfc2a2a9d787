import { useDeferredValue, useId } from 'react'
import type { Question } from '../../data/ask.ts'
import { useTokenSearch } from '../../data/tokens.ts'
import { askTexts as text } from '../../words/texts/market.ts'
import { Button } from '../kit/button.tsx'
import { SelectField, TextField } from '../kit/field.tsx'

const timeframes = ['SCALP', 'DAY_TRADE', 'SWING', 'LONG_TERM'] as const satisfies readonly Question['timeframe'][]
const tolerances = ['conservative', 'moderate', 'aggressive'] as const satisfies readonly Question['riskTolerance'][]

/** As the house asks. */
export const usualQuestion: Question = { token: '', timeframe: 'SWING', riskTolerance: 'moderate' }

type Props = {
  question: Question
  /** Which token it is of is settled. */
  fixed: boolean
  busy: boolean
  problem: string | null
  onChange: (change: Partial<Question>) => void
  onAsk: () => void
}

export function AskFields({ question, fixed, busy, problem, onChange, onAsk }: Props) {
  const list = useId()
  const found = useTokenSearch(useDeferredValue(fixed ? '' : question.token.trim()))
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    if (question.token.trim()) onAsk()
  }
  return (
    <form onSubmit={submit} className="grid gap-3" aria-label={text.title}>
      <TextField
        label={text.token}
        hint={text.tokenHint}
        name="token"
        data-first=""
        value={question.token}
        onChange={({ target }) => onChange({ token: target.value })}
        problem={problem}
        readOnly={fixed}
        list={list}
        placeholder={text.placeholder}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={200}
        required
      />
      <datalist id={list}>
        {found.data?.items.map(({ id, symbol, name }) => (
          <option key={id} value={id}>{`${symbol}, ${name}`}</option>
        ))}
      </datalist>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label={text.timeframe}
          value={question.timeframe}
          onChange={({ target }) => onChange({ timeframe: timeframes.find((one) => one === target.value)! })}
        >
          {timeframes.map((one) => (
            <option key={one} value={one}>
              {text.timeframes[one]}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={text.risk}
          value={question.riskTolerance}
          onChange={({ target }) => onChange({ riskTolerance: tolerances.find((one) => one === target.value)! })}
        >
          {tolerances.map((one) => (
            <option key={one} value={one}>
              {text.risks[one]}
            </option>
          ))}
        </SelectField>
      </div>
      <Button type="submit" look="primary" busy={busy}>
        {busy ? text.asking : text.ask}
      </Button>
      <p className="text-xs text-ink-3">{text.why}</p>
    </form>
  )
}
