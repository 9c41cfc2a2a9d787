import { useState } from 'react'
import type { NotificationPreferences } from '@pumpiq/api'
import type { TokenId } from '@pumpiq/domain'
import { sentenceOf } from '../data/asked.ts'
import { savePreferences } from '../data/notifications.ts'
import { chosenKinds, kindNames } from '../words/alerts.ts'
import { Check } from './check.tsx'
import { PreferenceTimes, type Change } from './preference-times.tsx'

const houseNames: Record<NotificationPreferences['house'], string> = {
  all: 'of every token',
  watched: 'of the tokens named',
  none: 'of none',
}

/** What one wants to hear of, and when. Nothing counts until it is saved. */
export function PreferenceForm({ saved }: { saved: NotificationPreferences }) {
  const [wish, setWish] = useState(saved)
  const [watched, setWatched] = useState(saved.watched.join(' '))
  const [said, setSaid] = useState<{ text: string; bad: boolean } | null>(null)
  const change: Change = (changed) => {
    setSaid(null)
    setWish({ ...wish, ...changed })
  }
  const save = async () => {
    try {
      // What is no token is refused by the server, which says which.
      const named = watched.split(/[\s,]+/).filter(Boolean)
      setWish(await savePreferences({ ...wish, watched: named as TokenId[] }))
      setSaid({ text: 'Saved', bad: false })
    } catch (thrown) {
      setSaid({ text: sentenceOf(thrown), bad: true })
    }
  }
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    void save()
  }
  return (
    <form className="preferences" onSubmit={submit} aria-label="Preferences">
      <Kinds wish={wish} onChange={change} />
      <fieldset>
        <legend>Of which calls</legend>
        <div className="form">
          <label className="field">
            <span>House calls</span>
            <select value={wish.house} onChange={(event) => change({ house: event.target.value as typeof wish.house })}>
              {Object.entries(houseNames).map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          {wish.house === 'watched' && (
            <label className="field field-wide">
              <span>Tokens, chain:address</span>
              <input
                value={watched}
                placeholder="bitcoin:native ethereum:native"
                onChange={(event) => setWatched(event.target.value)}
              />
            </label>
          )}
          <label className="field">
            <span>Least chance, %</span>
            <input
              type="number"
              min={0}
              max={100}
              value={Math.round(wish.minConfidence * 100)}
              onChange={(event) =>
                change({ minConfidence: Math.min(100, Math.max(0, Number(event.target.value))) / 100 })
              }
            />
          </label>
        </div>
        <Check label="Calls I asked for" checked={wish.own} onChange={(own) => change({ own })} />
        <Check
          label="Only calls with a measured edge after costs"
          checked={wish.actionableOnly}
          onChange={(actionableOnly) => change({ actionableOnly })}
        />
      </fieldset>
      <PreferenceTimes wish={wish} onChange={change} />
      <div className="form">
        <button type="submit" className="primary">
          Save
        </button>
        {said && (
          <p className={said.bad ? 'refused' : 'ending-good'} role={said.bad ? 'alert' : 'status'}>
            {said.text}
          </p>
        )}
      </div>
    </form>
  )
}

function Kinds({ wish, onChange }: { wish: NotificationPreferences; onChange: Change }) {
  return (
    <fieldset>
      <legend>What</legend>
      <div className="checks">
        {chosenKinds.map((kind) => (
          <Check
            key={kind}
            label={kindNames[kind]}
            checked={wish.kinds.includes(kind)}
            onChange={(on) =>
              onChange({ kinds: on ? [...wish.kinds, kind] : wish.kinds.filter((one) => one !== kind) })
            }
          />
        ))}
      </div>
    </fieldset>
  )
}
