import { useState } from 'react'
import type { Page, Transaction } from '@pumpiq/api'
import type { Asked } from '../../data/asked.ts'
import { useAction } from '../../data/action.ts'
import { addTransaction, removeTransaction } from '../../data/portfolio.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Note } from '../kit/note.tsx'
import { Panel } from '../kit/panel.tsx'
import { toast } from '../kit/toast.tsx'
import { ExportButton } from './export-button.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { TransactionForm } from './transaction-form.tsx'
import { nameOf, TransactionsTable } from './transactions-table.tsx'

type Props = {
  asked: Asked<Page<Transaction>>
  onNewer: (() => void) | null
  onOlder: (() => void) | null
  /** After each change: what is held depends on it. */
  onChange: () => void
}

type Open = { readonly what: 'form'; readonly before: Transaction | null } | { readonly what: 'import' } | null

/** What was said to have happened, to be added to, corrected and taken away; a file of it in and out. */
export function TransactionsCard({ asked, onNewer, onOlder, onChange }: Props) {
  const [open, setOpen] = useState<Open>(null)
  const [removed, setRemoved] = useState<Transaction | null>(null)
  const removing = useAction(removeTransaction)
  const close = () => setOpen(null)
  const changed = () => {
    onChange()
    close()
  }
  const remove = async (one: Transaction) => {
    setRemoved(null)
    if (!(await removing.run(one.id))) return
    setRemoved(one)
    onChange()
  }
  return (
    <Panel
      title={text.transactions}
      actions={
        <>
          <ExportButton />
          <Button small onClick={() => setOpen({ what: 'import' })}>
            {text.importCsv}
          </Button>
          <Button small look="primary" onClick={() => setOpen({ what: 'form', before: null })}>
            {text.addTransaction}
          </Button>
        </>
      }
      asked={asked}
      rows={6}
    >
      {({ items }) => (
        <>
          {removing.problem !== null && <Note tone="bad">{removing.problem}</Note>}
          {removed && <Removed one={removed} onGone={() => setRemoved(null)} onBack={onChange} />}
          {items.length === 0 ? (
            <p className="py-2 text-sm text-ink-2">{text.noTransactions}</p>
          ) : (
            <TransactionsTable
              items={items}
              busy={removing.busy}
              onEdit={(before) => setOpen({ what: 'form', before })}
              onRemove={(one) => void remove(one)}
            />
          )}
          {(onNewer ?? onOlder) && (
            <div className="mt-3 flex justify-end gap-2">
              <Button small disabled={onNewer === null} onClick={() => onNewer?.()}>
                {text.newer}
              </Button>
              <Button small disabled={onOlder === null} onClick={() => onOlder?.()}>
                {text.older}
              </Button>
            </div>
          )}
          <Dialog
            title={open?.what === 'form' && open.before ? text.editTransaction : text.addTransaction}
            open={open?.what === 'form'}
            onClose={close}
          >
            {open?.what === 'form' && (
              <TransactionForm
                before={open.before}
                onCancel={close}
                onDone={() => {
                  toast(text.saved)
                  changed()
                }}
              />
            )}
          </Dialog>
          <ImportDialog open={open?.what === 'import'} onClose={close} onTaken={onChange} />
        </>
      )}
    </Panel>
  )
}

type RemovedProps = { one: Transaction; onGone: () => void; onBack: () => void }

/** What was taken away, and the way back. */
function Removed({ one, onGone, onBack }: RemovedProps) {
  const { busy, problem, run } = useAction(addTransaction)
  const { token, kind, quantity, priceUsd, feeUsd, at, note, ref } = one
  const undo = async () => {
    const said = { token, kind, quantity, priceUsd, feeUsd, at, note, ...(ref !== null && { ref }) }
    if (!(await run(said))) return
    onGone()
    onBack()
  }
  return (
    <div role="status">
      <Note
        tone={problem === null ? 'info' : 'bad'}
        actions={
          <Button small busy={busy} onClick={() => void undo()}>
            {busy ? text.undoing : text.undo}
          </Button>
        }
      >
        {problem ?? text.removed(nameOf(one))}
      </Note>
    </div>
  )
}
