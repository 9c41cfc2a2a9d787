import { useDeferredValue, useId } from 'react'
import { useTokenSearch } from '../../data/tokens.ts'
import { TextField } from '../kit/field.tsx'

type Props = { label: string; hint?: string; isRequired?: boolean; value: string; onChange: (token: string) => void }

/** Names a token; those that have these letters are offered by their identity, which is never ambiguous. */
export function TokenField({ label, hint, isRequired = true, value, onChange }: Props) {
  const list = useId()
  const found = useTokenSearch(useDeferredValue(value.includes(':') ? '' : value.trim()))
  return (
    <>
      <TextField
        label={label}
        hint={hint}
        value={value}
        list={list}
        required={isRequired}
        maxLength={200}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={({ target }) => onChange(target.value)}
      />
      <datalist id={list}>
        {found.data?.items.map(({ id, symbol, name }) => (
          <option key={id} value={id} label={`${symbol} · ${name}`} />
        ))}
      </datalist>
    </>
  )
}
