import { useState } from 'react'
import { accountTexts as text } from '../../words/texts/accounts.ts'
import { TextField } from '../kit/field.tsx'

type Props = {
  value: string
  onChange: (value: string) => void
  /** One that is chosen, in place of one that is known. */
  isNew?: boolean
  label?: string
  problem?: string | null
  autoFocus?: boolean
}

/** Password managers fill it in and offer to keep it; it can be looked at. */
export function PasswordField({ value, onChange, isNew = false, label, problem, autoFocus }: Props) {
  const [isShown, setIsShown] = useState(false)
  return (
    <div className="relative">
      <TextField
        label={label ?? (isNew ? text.newPassword : text.password)}
        type={isShown ? 'text' : 'password'}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        minLength={isNew ? 12 : 1}
        maxLength={128}
        required
        autoFocus={autoFocus}
        spellCheck={false}
        value={value}
        hint={isNew ? text.passwordHint : undefined}
        problem={problem}
        onChange={(event) => onChange(event.target.value)}
      />
      <button
        type="button"
        aria-pressed={isShown}
        onClick={() => setIsShown(!isShown)}
        className="absolute -top-1.5 right-0 min-h-7 border-0 bg-transparent p-0 px-1 text-xs font-medium text-accent"
      >
        {isShown ? text.hide : text.show}
      </button>
    </div>
  )
}
