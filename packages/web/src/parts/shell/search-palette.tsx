import { useDeferredValue, useState, type KeyboardEvent } from 'react'
import type { TokenSearch } from '@pumpiq/api'
import { useFoundTokens } from '../../data/tokens.ts'
import { tokenPath, useGo } from '../../paths.tsx'
import { searchTexts as text } from '../../words/texts/search.ts'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { Note } from '../kit/note.tsx'
import { Problem } from '../kit/problem.tsx'
import { Found } from './search-found.tsx'

/** Tokens by name, ticker or address, the surest first; those that share a ticker are told apart. */
export function SearchPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [asked, setAsked] = useState('')
  const [at, setAt] = useState(0)
  const wanted = useDeferredValue(asked.trim())
  const found = useFoundTokens(wanted)
  const items = wanted === '' ? [] : (found.data?.items ?? [])
  const go = useGo()
  const take = (id: string) => {
    onClose()
    setAsked('')
    go?.(tokenPath(id))
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
      take(chosen.id)
    }
  }
  return (
    <Dialog title={text.title} open={open} onClose={onClose} high>
      <TextField
        label={text.label}
        placeholder={text.placeholder}
        value={asked}
        data-first=""
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
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
      {wanted !== '' && <Collisions collisions={found.data?.collisions ?? []} />}
      <p role="status" className={found.data && items.length === 0 && wanted !== '' ? 'text-sm text-ink-2' : 'sr-only'}>
        {wanted !== '' && found.data && (items.length === 0 ? text.none(wanted) : text.count(items.length))}
      </p>
      <Found {...{ items, at, collisions: found.data?.collisions ?? [] }} onTake={take} />
    </Dialog>
  )
}

/** A ticker is no identity: which of its bearers is meant where it alone is said, if any. */
const Collisions = ({ collisions }: Pick<TokenSearch, 'collisions'>) =>
  collisions.map(({ symbol, bearers, resolvesTo, why }) => (
    <Note key={symbol} title={text.collision(symbol, bearers)}>
      {resolvesTo === null ? text.refused : text.resolves(resolvesTo)} {why}.
    </Note>
  ))
