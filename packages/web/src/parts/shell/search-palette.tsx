import { useDeferredValue, useState, type KeyboardEvent } from 'react'
import type { Token } from '@pumpiq/domain'
import { useTokenSearch } from '../../data/tokens.ts'
import { tokenPath, useGo } from '../../paths.tsx'
import { texts } from '../../words/language.ts'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { Problem } from '../kit/problem.tsx'

const text = texts({
  en: {
    title: 'Find a token',
    label: 'Name, ticker or address',
    placeholder: 'BTC, pepe, 0x…',
    found: 'Tokens found',
    none: (asked: string) => `No token is known by “${asked}”.`,
    same: (symbol: string) => `several bear the ticker ${symbol}: look at chain and address`,
    rank: (rank: number) => `rank ${rank}`,
    unranked: 'not ranked',
  },
})

/** Tokens by name, ticker or address; those that share a ticker are told apart. */
export function SearchPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [asked, setAsked] = useState('')
  const [at, setAt] = useState(0)
  const found = useTokenSearch(useDeferredValue(asked.trim()))
  const items = found.data?.items ?? []
  const go = useGo()
  const take = (token: Token) => {
    onClose()
    setAsked('')
    go?.(tokenPath(token.id))
  }
  const byKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && items.length > 0) {
      event.preventDefault()
      setAt((before) => (before + step + items.length) % items.length)
    }
    const chosen = items[at]
    if (event.key === 'Enter' && chosen) {
      event.preventDefault()
      take(chosen)
    }
  }
  return (
    <Dialog title={text.title} open={open} onClose={onClose}>
      <TextField
        label={text.label}
        placeholder={text.placeholder}
        value={asked}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls="found-tokens"
        aria-activedescendant={items[at] ? `found-${at}` : undefined}
        onKeyDown={byKey}
        onChange={({ target }) => {
          setAsked(target.value)
          setAt(0)
        }}
      />
      <Problem asked={found} />
      {found.data && items.length === 0 && asked.trim() !== '' && (
        <p className="text-sm text-ink-2">{text.none(asked.trim())}</p>
      )}
      <ul id="found-tokens" role="listbox" aria-label={text.found} className="grid max-h-[50vh] gap-1 overflow-y-auto">
        {items.map((token, i) => (
          <FoundToken
            key={token.id}
            id={`found-${i}`}
            token={token}
            among={items}
            chosen={i === at}
            onTake={() => take(token)}
          />
        ))}
      </ul>
    </Dialog>
  )
}

type FoundProps = { id: string; token: Token; among: readonly Token[]; chosen: boolean; onTake: () => void }

function FoundToken({ id, token, among, chosen, onTake }: FoundProps) {
  const isShared = among.some(({ id: other, symbol }) => other !== token.id && symbol === token.symbol)
  return (
    // Keys are read by the field, which keeps the focus.
    <li
      id={id}
      role="option"
      aria-selected={chosen}
      onClick={onTake}
      className={`grid cursor-pointer gap-0.5 rounded-lg px-3 py-2 text-sm ${chosen ? 'bg-raised ring-1 ring-accent' : ''}`}
    >
      <span className="flex flex-wrap items-baseline gap-x-2">
        <bdi className="font-semibold">{token.symbol}</bdi>
        <bdi className="text-ink-2">{token.name}</bdi>
        <span className="num ml-auto text-xs text-ink-3">
          {token.marketCapRank === null ? text.unranked : text.rank(token.marketCapRank)}
        </span>
      </span>
      <code className="text-xs break-all text-ink-3">{token.id}</code>
      {isShared && <span className="text-xs text-avoid">{text.same(token.symbol)}</span>}
    </li>
  )
}
