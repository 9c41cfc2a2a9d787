import { useId, useState } from 'react'
import type { SettingsChoice } from '@pumpiq/domain'
import { useAction } from '../../data/action.ts'
import { exportSettings, importSettings, resetSettings } from '../../data/settings.ts'
import { saveFile } from '../../platform/save-file.ts'
import { settingsTexts } from '../../words/texts/settings.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { DoneNote } from './done-note.tsx'
import { useUndoable } from './undo.ts'

const text = settingsTexts.transfer

/** All choices as a file, back from a file, and none at all. */
export function TransferCard({ chosen }: { chosen: SettingsChoice }) {
  const saving = useAction(async () => {
    const document = await exportSettings()
    saveFile(
      `pumpiq-settings-${document.exportedAt.slice(0, 10)}.json`,
      'application/json',
      JSON.stringify(document, null, 2),
    )
  })
  const bringing = useUndoable(
    chosen,
    async (file: File) => importSettings(await documentOf(file)),
    () => text.imported,
  )
  const resetting = useUndoable(
    chosen,
    () => resetSettings(),
    () => text.isReset,
  )
  const [isAsked, setIsAsked] = useState(false)
  const reset = () => {
    setIsAsked(false)
    void resetting.action.run()
  }
  return (
    <Card title={text.title}>
      <p className="mb-3 text-sm text-ink-2">{text.lead}</p>
      <div className="flex flex-wrap items-center gap-2">
        <Button busy={saving.busy} onClick={() => void saving.run()}>
          {text.export}
        </Button>
        <FileButton label={text.import} onFile={(file) => void bringing.action.run(file)} />
        <Button look="danger" disabled={Object.keys(chosen).length === 0} onClick={() => setIsAsked(true)}>
          {text.reset}
        </Button>
      </div>
      <div className="mt-3 grid gap-2">
        <ActionProblem action={saving} />
        <DoneNote of={bringing} />
        <DoneNote of={resetting} />
      </div>
      <Dialog
        title={text.resetAsk}
        open={isAsked}
        onClose={() => setIsAsked(false)}
        actions={
          <>
            <Button onClick={() => setIsAsked(false)}>{text.cancel}</Button>
            <Button look="danger" onClick={reset}>
              {text.reset}
            </Button>
          </>
        }
      >
        <p className="text-sm text-ink-2">{text.resetWhy}</p>
      </Dialog>
    </Card>
  )
}

const mostBytes = 100_000

async function documentOf(file: File): Promise<unknown> {
  if (file.size > mostBytes) throw new Error(text.tooLarge)
  try {
    return JSON.parse(await file.text())
  } catch (cause) {
    throw new Error(text.notJson, { cause })
  }
}

function FileButton({ label, onFile }: { label: string; onFile: (file: File) => void }) {
  const id = useId()
  return (
    <span className="relative inline-flex">
      <input
        id={id}
        type="file"
        accept="application/json,.json"
        className="peer absolute inset-0 cursor-pointer opacity-0"
        aria-label={label}
        onChange={(event) => {
          const file = event.target.files?.[0]
          // The same file may be chosen once more after it was mended.
          event.target.value = ''
          if (file) onFile(file)
        }}
      />
      <span
        aria-hidden="true"
        className="inline-flex min-h-10 items-center rounded-lg border border-line-2 bg-card px-4 text-sm font-semibold peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent"
      >
        {label}
      </span>
    </span>
  )
}
