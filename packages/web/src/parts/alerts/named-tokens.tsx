import { useState } from 'react'
import type { TokenId } from '@pumpiq/domain'
import { useTokenSearch } from '../../data/tokens.ts'
import { useWatchlist } from '../../data/watchlist.ts'
import { alertsTexts as text } from '../../words/texts/alerts.ts'
import { plural } from '../../words/show.ts'
import { Button } from '../kit/button.tsx'
import { TokenField } from '../portfolio/token-field.tsx'

type Props = { named: readonly TokenId[]; onChange: (named: TokenId[]) => void }

/** The tokens whose house calls one hears of. What is no token is refused when it is saved, by name. */
export function NamedTokens({ named, onChange }: Props) {
  const [typed, setTyped] = useState('')
  const found = useTokenSearch(typed.includes(':') ? '' : typed.trim())
  const watched = useWatchlist().data?.items.map(({ id }) => id) ?? []
  const unnamed = watched.filter((id) => !named.includes(id))
  const add = () => {
    const word = typed.trim()
    if (word === '') return
    const bearers = found.data?.items.filter(({ symbol }) => symbol.toLowerCase() === word.toLowerCase()) ?? []
    const id = bearers.length === 1 && bearers[0] ? bearers[0].id : (word as TokenId)
    onChange([...new Set([...named, id])])
    setTyped('')
  }
  return (
    <div className="grid gap-2">
      <ul aria-label={text.named} className="flex flex-wrap gap-1.5">
        {named.length === 0 && <li className="text-xs text-ink-2">{text.noneNamed}</li>}
        {named.map((id) => (
          <li
            key={id}
            className="inline-flex max-w-full items-center gap-1 rounded-full border border-line-2 bg-raised pl-3 text-xs"
          >
            <bdi className="truncate">{id}</bdi>
            <button
              type="button"
              aria-label={text.unnameOf(id)}
              className="inline-flex size-7 shrink-0 items-center justify-center text-ink-2 hover:text-ink"
              onClick={() => onChange(named.filter((one) => one !== id))}
            >
              <span aria-hidden="true">✕</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="grid grid-cols-[1fr_auto] items-end gap-2">
        <div className="min-w-0">
          <TokenField label={text.nameToken} value={typed} isRequired={false} onChange={setTyped} />
        </div>
        <Button onClick={add}>{text.nameIt}</Button>
      </div>
      {unnamed.length > 0 && (
        <Button small look="quiet" className="justify-self-start" onClick={() => onChange([...named, ...unnamed])}>
          {text.takeWatchlist(plural(unnamed.length, 'token'))}
        </Button>
      )}
    </div>
  )
}
