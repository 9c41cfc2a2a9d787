import { useState } from 'react'
import type { ImportReport } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { importCsv } from '../../data/portfolio.ts'
import { plural } from '../../words/show.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { Note } from '../kit/note.tsx'
import { ImportReportNote } from './import-report.tsx'

const mostLetters = 4_000_000

type Props = { open: boolean; onClose: () => void; onTaken: () => void }

/** A file is checked line by line first; taken are all of its lines or none. */
export function ImportDialog({ open, onClose, onTaken }: Props) {
  return (
    <Dialog title={text.importCsv} open={open} onClose={onClose}>
      {open && <ImportForm onClose={onClose} onTaken={onTaken} />}
    </Dialog>
  )
}

function ImportForm({ onClose, onTaken }: Omit<Props, 'open'>) {
  const [csv, setCsv] = useState<string | null>(null)
  const [tooLarge, setTooLarge] = useState<string | null>(null)
  const [report, setReport] = useState<ImportReport | null>(null)
  const checking = useAction(async (file: File) => {
    const content = await file.text()
    setReport(await importCsv(content, true))
    setCsv(content)
  })
  const taking = useAction(async (content: string) => {
    const taken = await importCsv(content, false)
    setReport(taken)
    // Another page may have added the same since: then nothing was taken, and the report says so.
    if (taken.faults.length === 0) onTaken()
  })
  const choose = async (file: File | undefined) => {
    setReport(null)
    setCsv(null)
    setTooLarge(file && file.size > mostLetters ? text.fileTooLarge : null)
    checking.forget()
    taking.forget()
    if (file && file.size <= mostLetters) await checking.run(file)
  }
  const canTake = report?.dryRun === true && report.faults.length === 0 && report.added > 0
  return (
    <div className="grid gap-4">
      <p className="text-sm text-ink-2">{text.importWhat}</p>
      <TextField
        label={text.file}
        problem={tooLarge}
        type="file"
        accept=".csv,text/csv"
        disabled={checking.busy || taking.busy}
        onChange={({ target }) => void choose(target.files?.[0])}
      />
      <div aria-live="polite" className="grid gap-2">
        {checking.busy && <p className="text-sm text-ink-2">{text.checking}</p>}
        {report && <ImportReportNote report={report} />}
      </div>
      {checking.problem !== null && (
        <Note tone="bad" title={text.notChecked}>
          {checking.problem}
        </Note>
      )}
      {taking.problem !== null && (
        <Note tone="bad" title={text.notTaken}>
          {taking.problem}
        </Note>
      )}
      {canTake && (
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button look="primary" busy={taking.busy} onClick={() => csv !== null && void taking.run(csv)}>
            {taking.busy ? text.taking : `${text.take} (${plural(report.added, 'transaction')})`}
          </Button>
        </div>
      )}
    </div>
  )
}
