import { settingsTexts as text } from '../../words/texts/settings.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { Button } from '../kit/button.tsx'
import { Note } from '../kit/note.tsx'
import { toast } from '../kit/toast.tsx'
import type { Draft } from './draft.ts'

/** What is not saved yet, always in sight; nothing counts before. */
export function SaveBar({ draft }: { draft: Draft }) {
  const { count, problems, saving, isBehind, rebasing, discard } = draft
  if (count === 0) return null
  const isRefused = Object.keys(problems).length > 0
  const save = async () => {
    if (await saving.run()) toast(text.saved)
  }
  return (
    <section
      aria-label={text.save}
      className="sticky bottom-16 z-20 grid gap-3 rounded-xl border border-line-2 bg-card p-3 shadow-card lg:bottom-4"
    >
      {isBehind ? (
        <Note
          tone="warn"
          title={text.conflict}
          actions={
            <Button small busy={rebasing.busy} onClick={() => void rebasing.run()}>
              {text.rebase}
            </Button>
          }
        >
          {text.conflictWhy}
        </Note>
      ) : (
        <ActionProblem action={saving} />
      )}
      <ActionProblem action={rebasing} />
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="mr-auto text-sm text-ink-2">
          {isRefused ? text.fix : text.unsaved(count)}
        </p>
        <Button look="quiet" onClick={discard}>
          {text.discard}
        </Button>
        <Button look="primary" busy={saving.busy} disabled={isRefused || isBehind} onClick={() => void save()}>
          {text.save}
        </Button>
      </div>
    </section>
  )
}
