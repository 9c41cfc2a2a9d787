import { useState } from 'react'
import type { Transaction } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { addTransaction, changeTransaction, type TypedTransaction } from '../../data/portfolio.ts'
import { localNow } from '../../platform/clock.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'
import { fromField, ownZone, toField } from '../../words/when-field.ts'
import { Button } from '../kit/button.tsx'
import { SelectField, TextField } from '../kit/field.tsx'
import { Note } from '../kit/note.tsx'
import { TokenField } from './token-field.tsx'

type Kind = Transaction['kind']
const kinds = Object.keys(text.kinds) as readonly Kind[]

type Typed = {
  readonly token: string
  readonly kind: Kind
  readonly quantity: string
  readonly price: string
  readonly fee: string
  readonly at: string
  readonly note: string
}

const typedOf = (before: Transaction | null): Typed => ({
  token: before?.token ?? '',
  kind: before?.kind ?? 'buy',
  quantity: before?.quantity ?? '',
  price: before?.priceUsd ?? '',
  fee: before === null || before.feeUsd === '0' ? '' : before.feeUsd,
  at: before ? toField(before.at) : toField(new Date(localNow()).toISOString()),
  note: before?.note ?? '',
})

const isTrade = (kind: Kind): boolean => kind === 'buy' || kind === 'sell'

function saidOf({ token, kind, quantity, price, fee, note }: Typed, at: string): TypedTransaction {
  const priceUsd = kind === 'send' || price.trim() === '' ? null : price.trim()
  const feeUsd = isTrade(kind) && fee.trim() !== '' ? fee.trim() : '0'
  return { token: token.trim(), kind, quantity: quantity.trim(), priceUsd, feeUsd, at, note: note.trim() || null }
}

type Props = { before: Transaction | null; onDone: () => void; onCancel: () => void }

/** Adds a transaction, or corrects one. What the server refuses stands there with all that was typed. */
export function TransactionForm({ before, onDone, onCancel }: Props) {
  const [typed, setTyped] = useState(() => typedOf(before))
  const [noTime, setNoTime] = useState<string | null>(null)
  const { busy, problem, run } = useAction((said: TypedTransaction) =>
    before ? changeTransaction(before.id, said) : addTransaction(said),
  )
  const type = (change: Partial<Typed>) => setTyped({ ...typed, ...change })
  const submit = async (event: { preventDefault(): void }) => {
    event.preventDefault()
    const at = fromField(typed.at, before?.at ?? null)
    setNoTime(at === null ? text.notATime : null)
    if (at === null) return
    if (await run(saidOf(typed, at))) onDone()
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-4">
      <SelectField
        label={text.kind}
        hint={text.kindHints[typed.kind]}
        value={typed.kind}
        onChange={({ target }) => type({ kind: kinds.find((kind) => kind === target.value) ?? 'buy' })}
      >
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {text.kinds[kind]}
          </option>
        ))}
      </SelectField>
      {before ? (
        <TextField label={text.token} value={typed.token} disabled readOnly />
      ) : (
        <TokenField
          label={text.tokenField}
          hint={text.tokenHint}
          value={typed.token}
          onChange={(token) => type({ token })}
        />
      )}
      <Figures typed={typed} onType={type} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={text.at}
          hint={text.atHint(ownZone())}
          problem={noTime}
          type="datetime-local"
          required
          value={typed.at}
          onChange={({ target }) => type({ at: target.value })}
        />
        <TextField
          label={text.note}
          maxLength={500}
          value={typed.note}
          onChange={({ target }) => type({ note: target.value })}
        />
      </div>
      {problem !== null && <Note tone="bad">{problem}</Note>}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>{text.cancel}</Button>
        <Button look="primary" type="submit" busy={busy}>
          {busy ? text.saving : text.save}
        </Button>
      </div>
    </form>
  )
}

type FigureProps = { typed: Typed; onType: (change: Partial<Typed>) => void }

function Figures({ typed: { kind, quantity, price, fee }, onType }: FigureProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <TextField
        label={text.quantity}
        inputMode="decimal"
        required
        value={quantity}
        onChange={({ target }) => onType({ quantity: target.value })}
      />
      {kind !== 'send' && (
        <TextField
          label={kind === 'receive' ? text.averageField : text.priceField}
          inputMode="decimal"
          required={isTrade(kind)}
          value={price}
          onChange={({ target }) => onType({ price: target.value })}
        />
      )}
      {isTrade(kind) && (
        <TextField
          label={text.fee}
          inputMode="decimal"
          value={fee}
          onChange={({ target }) => onType({ fee: target.value })}
        />
      )}
    </div>
  )
}
