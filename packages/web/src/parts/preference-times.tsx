import { useId } from 'react'
import type { NotificationPreferences } from '@pumpiq/api'
import { Check } from './check.tsx'

export type Change = (changed: Partial<NotificationPreferences>) => void

const digestNames: Record<NotificationPreferences['digest'], string> = {
  realtime: 'as it happens',
  hourly: 'gathered each hour',
  daily: 'gathered once a day',
  off: 'never',
}

const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour)

/** When channels deliver; the list in the app has everything at once. */
export function PreferenceTimes({ wish, onChange }: { wish: NotificationPreferences; onChange: Change }) {
  const { digest, dailyHour, quietHours, urgentAtOnce } = wish
  return (
    <fieldset>
      <legend>When channels deliver</legend>
      <div className="form">
        <label className="field">
          <span>Messages</span>
          <select value={digest} onChange={(event) => onChange({ digest: event.target.value as typeof digest })}>
            {Object.entries(digestNames).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {digest === 'daily' && (
          <label className="field">
            <span>At</span>
            <select value={dailyHour} onChange={(event) => onChange({ dailyHour: Number(event.target.value) })}>
              {hoursOfDay.map((hour) => (
                <option key={hour} value={hour}>{`${String(hour).padStart(2, '0')}:00`}</option>
              ))}
            </select>
          </label>
        )}
        <Zone zone={wish.timeZone} onChange={(timeZone) => onChange({ timeZone })} />
      </div>
      <Check
        label="Quiet hours"
        checked={quietHours !== null}
        onChange={(on) => onChange({ quietHours: on ? { from: '22:00', to: '07:00' } : null })}
      />
      {quietHours && (
        <div className="form">
          {(['from', 'to'] as const).map((end) => (
            <label key={end} className="field">
              <span>{end === 'from' ? 'From' : 'To'}</span>
              <input
                type="time"
                required
                value={quietHours[end]}
                onChange={(event) => onChange({ quietHours: { ...quietHours, [end]: event.target.value } })}
              />
            </label>
          ))}
        </div>
      )}
      <Check
        label="A stop or an invalidation does not wait, neither for quiet hours nor for a digest"
        checked={urgentAtOnce}
        onChange={(on) => onChange({ urgentAtOnce: on })}
      />
    </fieldset>
  )
}

function Zone({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const list = useId()
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <>
      <label className="field">
        <span>Time zone</span>
        <input
          value={zone}
          required
          list={list}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
        <datalist id={list}>
          {Intl.supportedValuesOf('timeZone').map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </label>
      {own !== zone && (
        <button type="button" onClick={() => onChange(own)}>
          Use {own}
        </button>
      )}
    </>
  )
}
