import type { ReactNode } from 'react'

type Props = {
  label: ReactNode
  /** What readers hear, where the label alone says too little. */
  name?: string
  checked: boolean
  isSwitch?: boolean
  disabled?: boolean
  onChange: (on: boolean) => void
}

/** One yes or no. */
export const Tick = ({ label, name, checked, isSwitch = false, disabled = false, onChange }: Props) => (
  <label className="inline-flex min-h-7 items-center gap-2 text-sm">
    <input
      type="checkbox"
      role={isSwitch ? 'switch' : undefined}
      aria-label={name}
      checked={checked}
      disabled={disabled}
      onChange={({ target }) => onChange(target.checked)}
      className="size-4 shrink-0 accent-accent"
    />
    <span>{label}</span>
  </label>
)
