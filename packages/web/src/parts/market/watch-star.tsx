import { useEffect } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useAction } from '../../data/action.ts'
import { unwatch, watch } from '../../data/watchlist.ts'
import { marketTexts as text } from '../../words/texts/market.ts'
import { toast } from '../kit/toast.tsx'

/** Watches a token or does so no longer; what went wrong is said. */
export function WatchStar({ id, symbol, isWatched }: { id: string; symbol: string; isWatched: boolean }) {
  const queries = useQueryClient()
  const { run, busy, problem } = useAction(async () => {
    await (isWatched ? unwatch(id) : watch(id, { note: null, targetPrice: null }))
    await queries.invalidateQueries({ queryKey: ['watchlist'] })
  })
  useEffect(() => {
    if (problem !== null) toast(text.watchFailed(symbol, problem), 'bad')
  }, [problem, symbol])
  return (
    <button
      type="button"
      aria-pressed={isWatched}
      aria-label={text.watch(symbol)}
      title={isWatched ? text.unwatch(symbol) : text.watch(symbol)}
      disabled={busy}
      onClick={() => void run()}
      className="relative z-10 -m-1 inline-flex size-7 items-center justify-center rounded-lg border-0 bg-transparent p-0 text-ink-3 hover:text-accent aria-pressed:text-accent disabled:opacity-50"
    >
      <svg
        viewBox="0 0 20 20"
        aria-hidden="true"
        className={`size-4 stroke-current ${isWatched ? 'fill-current' : 'fill-none'}`}
        strokeWidth="1.6"
        strokeLinejoin="round"
      >
        <path d="m10 2.5 2.3 4.9 5.3.7-3.9 3.7 1 5.3-4.7-2.6-4.7 2.6 1-5.3L2.4 8.1l5.3-.7z" />
      </svg>
    </button>
  )
}
