import { useId, type ReactNode } from 'react'
import type { NotificationPreferences } from '@pumpiq/api'
import { ownZone } from '../../words/when-field.ts'
import { alertsTexts as text } from '../../words/texts/alerts.ts'
import { Button } from '../kit/button.tsx'
import { SelectField, TextField } from '../kit/field.tsx'
import { Tick } from './tick.tsx'

export type Change = (changed: Partial<NotificationPreferences>) => void
type Digest = NotificationPreferences['digest']

const digests = Object.keys(text.digests) as readonly Digest[]
const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour)

/** Questions that belong together, under their name. */
export const Group = ({ title, children }: { title: string; children: ReactNode }) => (
  <fieldset className="grid min-w-0 justify-items-stretch gap-2 border-t border-line pt-4 first:border-0 first:pt-0">
    <legend className="float-left mb-1 text-sm font-semibold">{title}</legend>
    {children}
  </fieldset>
)

/** When channels deliver; the list in the app has everything at once. */
export function PreferenceTimes({ wish, onChange }: { wish: NotificationPreferences; onChange: Change }) {
  const { digest, dailyHour, quietHours, urgentAtOnce, timeZone } = wish
  return (
    <Group title={text.when}>
      <p className="text-xs text-ink-3">{text.whenHint}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label={text.messages}
          value={digest}
          onChange={({ target }) => onChange({ digest: digests.find((one) => one === target.value) ?? 'realtime' })}
        >
          {digests.map((one) => (
            <option key={one} value={one}>
              {text.digests[one]}
            </option>
          ))}
        </SelectField>
        {digest === 'daily' && (
          <SelectField
            label={text.dailyAt}
            value={dailyHour}
            onChange={({ target }) => onChange({ dailyHour: Number(target.value) })}
          >
            {hoursOfDay.map((hour) => (
              <option key={hour} value={hour}>{`${String(hour).padStart(2, '0')}:00`}</option>
            ))}
          </SelectField>
        )}
        <Zone zone={timeZone} onChange={(zone) => onChange({ timeZone: zone })} />
      </div>
      <Tick
        label={text.quiet}
        checked={quietHours !== null}
        onChange={(on) => onChange({ quietHours: on ? { from: '22:00', to: '07:00' } : null })}
      />
      {quietHours && (
        <>
          <p className="text-xs text-ink-3">{text.quietWhat}</p>
          <div className="grid grid-cols-2 gap-3">
            {(['from', 'to'] as const).map((end) => (
              <TextField
                key={end}
                label={text[end]}
                type="time"
                required
                value={quietHours[end]}
                onChange={({ target }) => onChange({ quietHours: { ...quietHours, [end]: target.value } })}
              />
            ))}
          </div>
        </>
      )}
      <Tick label={text.urgent} checked={urgentAtOnce} onChange={(on) => onChange({ urgentAtOnce: on })} />
    </Group>
  )
}

function Zone({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const list = useId()
  const own = ownZone()
  return (
    <div className="grid content-start gap-1">
      <TextField
        label={text.zone}
        value={zone}
        required
        list={list}
        spellCheck={false}
        onChange={({ target }) => onChange(target.value)}
      />
      <datalist id={list}>
        {Intl.supportedValuesOf('timeZone').map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {own !== zone && (
        <Button small look="quiet" className="justify-self-start" onClick={() => onChange(own)}>
          {text.takeZone(own)}
        </Button>
      )}
    </div>
  )
}
