import { useUnread } from '../../data/notifications.ts'
import { shellTexts as text } from '../../words/texts/shell.ts'

/** More than these are not counted out. */
const most = 99

/** The word "Alerts", and how many of them are not read yet. */
export function AlertsLabel() {
  const unread = useUnread() ?? 0
  if (unread === 0) return text.alerts
  return (
    <>
      <span aria-hidden="true" className="relative">
        {text.alerts}
        <span className="num absolute -top-1 left-full ml-0.5 rounded-full bg-accent px-1.5 text-[0.65rem] leading-4 font-bold text-on-accent max-lg:-top-6 max-lg:-ml-3">
          {unread > most ? `${most}+` : unread}
        </span>
      </span>
      <span className="sr-only">{text.alertsUnread(unread)}</span>
    </>
  )
}
