import { settingsTexts as text } from '../../words/texts/settings.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { Button } from '../kit/button.tsx'
import { Note } from '../kit/note.tsx'
import type { Undoable } from './undo.ts'

/** What became of a change of much at once, and the way back. */
export const DoneNote = ({ of: { action, said, undo } }: { of: Undoable<never> }) => (
  <div role="status" className="grid gap-2">
    <ActionProblem action={action} />
    <ActionProblem action={undo} />
    {said !== null && (
      <Note
        tone="good"
        actions={
          <Button small busy={undo.busy} onClick={() => void undo.run()}>
            {text.presets.undo}
          </Button>
        }
      >
        {said}
      </Note>
    )}
  </div>
)
