import { alertsTexts as text } from '../../words/texts/alerts.ts'
import { Button } from '../kit/button.tsx'

type Props = { newer: (() => void) | null; older: (() => void) | null }

/** To the page before and after; nothing where there is one page. */
export function Pager({ newer, older }: Props) {
  if (!newer && !older) return null
  return (
    <div className="mt-3 flex justify-end gap-2">
      <Button small disabled={!newer} onClick={() => newer?.()}>
        {text.newer}
      </Button>
      <Button small disabled={!older} onClick={() => older?.()}>
        {text.older}
      </Button>
    </div>
  )
}
