import { useState } from 'react'
import type { UserSettingsShown } from '@pumpiq/api'
import type { SettingsChoice } from '@pumpiq/domain'
import { useAction, type Action } from '../../data/action.ts'
import { replaceSettings } from '../../data/settings.ts'
import { settingsTexts } from '../../words/texts/settings.ts'
import { toast } from '../kit/toast.tsx'

export type Undoable<A extends readonly unknown[]> = {
  readonly action: Action<A>
  /** What became of it, and can be undone; null: nothing was done. */
  readonly said: string | null
  readonly undo: Action<[]>
}

/** Changes much at once, and can say all again that was chosen before. */
export function useUndoable<A extends readonly unknown[]>(
  chosen: SettingsChoice,
  act: (...given: A) => Promise<UserSettingsShown>,
  say: (...given: A) => string,
): Undoable<A> {
  const [done, setDone] = useState<{ said: string; before: SettingsChoice } | null>(null)
  const action = useAction(async (...given: A) => {
    await act(...given)
    setDone({ said: say(...given), before: chosen })
  })
  const undo = useAction(async () => {
    if (done) await replaceSettings(done.before)
    setDone(null)
    toast(settingsTexts.presets.undone)
  })
  return { action, said: done?.said ?? null, undo }
}
