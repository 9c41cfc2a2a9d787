import { useId, useState } from 'react'
import { isFailure, type Recommendation, type Token } from '@pumpiq/domain'
import { sentenceOf } from '../data/asked.ts'
import { askFor } from '../data/recommendations.ts'
import { useTokenSearch } from '../data/tokens.ts'
import { recommendationPath, useGo } from '../paths.tsx'
import { words } from '../words/show.ts'

type Timeframe = Recommendation['timeframe']
type Tolerance = Recommendation['riskTolerance']
const timeframes: readonly Timeframe[] = ['SCALP', 'DAY_TRADE', 'SWING', 'LONG_TERM']
const tolerances: readonly Tolerance[] = ['conservative', 'moderate', 'aggressive']

/** What a ticker could have meant, as far as the answer tells it. */
type Candidate = Pick<Token, 'id' | 'symbol' | 'name'>

type Refusal = { readonly sentence: string; readonly candidates: readonly Candidate[] }

/** A token in, its freshest sealed call or a new one out. An ambiguous ticker answers with what it could mean. */
export function AskForm() {
  const [token, setToken] = useState('')
  const [timeframe, setTimeframe] = useState<Timeframe>('SWING')
  const [riskTolerance, setRisk] = useState<Tolerance>('moderate')
  const go = useGo()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const ask = async (wanted: string) => {
    setBusy(true)
    setRefusal(null)
    try {
      const { id } = await askFor({ token: wanted, timeframe, riskTolerance })
      go?.(recommendationPath(id))
    } catch (thrown) {
      setRefusal(refusalOf(thrown))
      setBusy(false)
    }
  }
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    if (token.trim()) void ask(token.trim())
  }
  return (
    <form className="card ask" onSubmit={submit} aria-label="Ask for a call">
      <TokenField value={token} onChange={setToken} />
      <Choice label="Timeframe" value={timeframe} options={timeframes} onChange={setTimeframe} />
      <Choice label="Risk" value={riskTolerance} options={tolerances} onChange={setRisk} />
      <button type="submit" className="primary" disabled={busy}>
        {busy ? 'Gathering evidence…' : 'Ask for a call'}
      </button>
      {refusal && <Refused refusal={refusal} onChoose={(id) => void ask(id)} />}
    </form>
  )
}

const isCandidate = (one: unknown): one is Candidate =>
  ['id', 'symbol', 'name'].every((name) => typeof (one as Record<string, unknown> | null)?.[name] === 'string')

function refusalOf(thrown: unknown): Refusal {
  const candidates = isFailure(thrown) ? (thrown.candidates ?? []) : []
  return { sentence: sentenceOf(thrown), candidates: candidates.filter(isCandidate) }
}

function TokenField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const list = useId()
  const found = useTokenSearch(value.trim())
  return (
    <label className="field field-token">
      <span>Token</span>
      <input
        name="token"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        list={list}
        placeholder="BTC, or chain:address"
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
    </label>
  )
}

type ChoiceProps<T extends string> = { label: string; value: T; options: readonly T[]; onChange: (value: T) => void }

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const chosen = (text: string) => {
    const option = options.find((one) => one === text)
    if (option) onChange(option)
  }
  return (
    <label className="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => chosen(event.target.value)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {words(option)}
          </option>
        ))}
      </select>
    </label>
  )
}

function Refused({
  refusal: { sentence, candidates },
  onChoose,
}: {
  refusal: Refusal
  onChoose: (id: string) => void
}) {
  return (
    <div className="refused" role="alert">
      <p>{sentence}</p>
      {candidates.map(({ id, name }) => (
        <button key={id} type="button" onClick={() => onChoose(id)}>
          {name} <span className="faint">{id}</span>
        </button>
      ))}
    </div>
  )
}
