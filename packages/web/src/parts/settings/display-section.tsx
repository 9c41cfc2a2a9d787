import { useId, useState } from 'react'
import { useNow } from '../../data/now.ts'
import { isLocale, isTimeZone, prefer, useLocalPreferences, type LocalPreferences } from '../../platform/preferences.ts'
import { figure, instant, percent, signed } from '../../words/show.ts'
import { ownTexts } from '../../words/texts/account-settings.ts'
import { Card } from '../kit/card.tsx'
import { Choice } from '../kit/choice.tsx'
import { TextField } from '../kit/field.tsx'

const text = ownTexts.display
const themes = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: text.themes[value] }))

/** How pages look here: kept in the browser as it is typed, once it is something the browser knows. */
export function DisplaySection() {
  const preferences = useLocalPreferences()
  return (
    <Card>
      <div className="grid gap-5 sm:grid-cols-2">
        <div className="grid gap-1.5 sm:col-span-2">
          <span className="text-xs font-medium text-ink-2">{text.theme}</span>
          <Choice
            label={text.theme}
            value={preferences.theme}
            options={themes}
            onChange={(theme) => prefer({ theme })}
          />
        </div>
        <LocaleField known={preferences.locale} />
        <ZoneField known={preferences.timeZone} />
        <CurrencyFields known={preferences.currency} />
        <Example />
      </div>
      <p className="mt-4 text-xs text-ink-3">{text.kept}</p>
    </Card>
  )
}

function LocaleField({ known }: { known: string | null }) {
  const [typed, setTyped] = useState(known ?? '')
  const change = (next: string) => {
    setTyped(next)
    const name = next.trim()
    if (name === '') prefer({ locale: null })
    else if (isLocale(name)) prefer({ locale: name })
  }
  const isBad = typed.trim() !== '' && !isLocale(typed.trim())
  return (
    <TextField
      label={text.locale}
      hint={text.localeHint}
      problem={isBad ? text.badLocale : null}
      value={typed}
      maxLength={35}
      autoComplete="off"
      spellCheck={false}
      placeholder={navigator.language}
      onChange={(event) => change(event.target.value)}
    />
  )
}

function ZoneField({ known }: { known: string | null }) {
  const list = useId()
  const [typed, setTyped] = useState(known ?? '')
  const change = (next: string) => {
    setTyped(next)
    const name = next.trim()
    if (name === '') prefer({ timeZone: null })
    else if (isTimeZone(name)) prefer({ timeZone: name })
  }
  const isBad = typed.trim() !== '' && !isTimeZone(typed.trim())
  return (
    <div>
      <TextField
        label={text.zone}
        hint={text.zoneHint}
        problem={isBad ? text.badZone : null}
        value={typed}
        list={list}
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        placeholder={new Intl.DateTimeFormat().resolvedOptions().timeZone}
        onChange={(event) => change(event.target.value)}
      />
      <datalist id={list}>
        {['UTC', ...Intl.supportedValuesOf('timeZone')].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  )
}

const isCode = (code: string): boolean => /^[A-Z]{3}$/.test(code)

function CurrencyFields({ known }: { known: LocalPreferences['currency'] }) {
  const [code, setCode] = useState(known?.code ?? '')
  const [rate, setRate] = useState(known ? String(known.perUsd) : '')
  const change = (nextCode: string, nextRate: string) => {
    setCode(nextCode)
    setRate(nextRate)
    const perUsd = Number(nextRate)
    if (nextCode === '') prefer({ currency: null })
    else if (isCode(nextCode) && perUsd > 0 && Number.isFinite(perUsd)) prefer({ currency: { code: nextCode, perUsd } })
  }
  const badRate =
    rate.trim() === '' ? code !== '' && isCode(code) : !(Number(rate) > 0 && Number.isFinite(Number(rate)))
  return (
    <>
      <TextField
        label={text.currency}
        hint={text.currencyHint}
        problem={code !== '' && !isCode(code) ? text.badCurrency : null}
        value={code}
        maxLength={3}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change(event.target.value.trim().toUpperCase(), rate)}
      />
      <TextField
        label={text.rate}
        hint={text.rateHint}
        problem={badRate ? text.badRate : null}
        disabled={code === ''}
        inputMode="decimal"
        autoComplete="off"
        value={rate}
        onChange={(event) => change(code, event.target.value)}
      />
    </>
  )
}

function Example() {
  const now = useNow(30_000)
  return (
    <div className="rounded-lg border border-line bg-raised p-3 text-sm sm:col-span-2">
      <span className="text-xs text-ink-3">{text.example}</span>
      <p className="num mt-1 flex flex-wrap gap-x-6 gap-y-1" data-plain>
        <span>{figure(1_234_567.5, 2)}</span>
        <span>{percent(0.414, 1)}</span>
        <span>{signed(-0.06)}</span>
        <span>{instant(new Date(now).toISOString())}</span>
      </p>
    </div>
  )
}
