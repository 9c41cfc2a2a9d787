import { useAction } from '../../data/action.ts'
import { exportCsv } from '../../data/portfolio.ts'
import { saveFile } from '../../platform/save-file.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'
import { Button } from '../kit/button.tsx'
import { toast } from '../kit/toast.tsx'

/** All transactions as a file; in the form that is imported. */
export function ExportButton() {
  const { busy, problem, run } = useAction(async () => saveFile('pumpiq-portfolio.csv', 'text/csv', await exportCsv()))
  const save = async () => {
    if (await run()) toast(text.exported)
  }
  return (
    <>
      {problem !== null && (
        <span role="alert" className="text-xs text-sell">
          {text.exportFailed} {problem}
        </span>
      )}
      <Button small busy={busy} onClick={() => void save()}>
        {busy ? text.exporting : text.exportCsv}
      </Button>
    </>
  )
}
