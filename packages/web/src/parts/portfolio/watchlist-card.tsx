import { useState } from 'react'
import type { WatchedToken } from '@pumpiq/api'
import type { Asked } from '../../data/asked.ts'
import { useAction } from '../../data/action.ts'
import { unwatch, watch, type Watchlist } from '../../data/watchlist.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Note } from '../kit/note.tsx'
import { Panel } from '../kit/panel.tsx'
import { WatchForm } from './watch-form.tsx'
import { WatchTable } from './watch-table.tsx'

type Props = { asked: Asked<Watchlist>; now: number }

/** What one keeps an eye on: its price, the house's call, and how far it is to one's own target. */
export function WatchlistCard({ asked, now }: Props) {
  const [open, setOpen] = useState<{ readonly before: WatchedToken | null } | null>(null)
  const [removed, setRemoved] = useState<WatchedToken | null>(null)
  const removing = useAction(unwatch)
  const undoing = useAction(watch)
  const close = () => setOpen(null)
  const remove = async (token: WatchedToken) => {
    setRemoved(null)
    if (!(await removing.run(token.id))) return
    setRemoved(token)
    asked.again()
  }
  const undo = async () => {
    if (!removed || !(await undoing.run(removed.id, removed))) return
    setRemoved(null)
    asked.again()
  }
  const refusal = removing.problem ?? undoing.problem
  return (
    <Panel
      title={text.watchlist}
      hint={asked.data && text.watchlistOf(asked.data.items.length, asked.data.most)}
      actions={
        <Button small look="primary" onClick={() => setOpen({ before: null })}>
          {text.watchToken}
        </Button>
      }
      asked={asked}
    >
      {({ items }) => (
        <>
          {refusal !== null && <Note tone="bad">{refusal}</Note>}
          {removed && (
            <div role="status">
              <Note
                actions={
                  <Button small busy={undoing.busy} onClick={() => void undo()}>
                    {text.undo}
                  </Button>
                }
              >
                {text.unwatched(removed.symbol)}
              </Note>
            </div>
          )}
          {items.length === 0 ? (
            <p className="py-2 text-sm text-ink-2">{text.noWatched}</p>
          ) : (
            <WatchTable
              items={items}
              now={now}
              busy={removing.busy}
              onEdit={(before) => setOpen({ before })}
              onRemove={(token) => void remove(token)}
            />
          )}
          <Dialog
            title={open?.before ? text.editWatched(open.before.symbol) : text.watchToken}
            open={open !== null}
            onClose={close}
          >
            {open && (
              <WatchForm
                before={open.before}
                onCancel={close}
                onDone={() => {
                  asked.again()
                  close()
                }}
              />
            )}
          </Dialog>
        </>
      )}
    </Panel>
  )
}
