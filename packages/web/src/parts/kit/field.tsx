import { clsx } from 'clsx'
import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react'

type Described = {
  label: ReactNode
  /** The label is there for readers only. */
  hideLabel?: boolean | undefined
  hint?: ReactNode | undefined
  /** Why what is in it is refused. */
  problem?: string | null | undefined
  className?: string | undefined
}

const box =
  'w-full min-h-10 rounded-lg border bg-raised px-3 py-2 text-sm text-ink placeholder:text-ink-3 disabled:opacity-60'
const lineOf = (problem: string | null | undefined) => (problem ? 'border-sell' : 'border-line-2')

type Around = Described & { id: string; children: ReactNode }

const Frame = ({ id, label, hideLabel = false, hint, problem, className, children }: Around) => (
  <div className={clsx('grid gap-1', className)}>
    <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-xs font-medium text-ink-2'}>
      {label}
    </label>
    {children}
    {hint !== undefined && (
      <p id={`${id}-hint`} className="text-xs text-ink-3">
        {hint}
      </p>
    )}
    {problem && (
      <p id={`${id}-problem`} role="alert" className="text-xs text-sell">
        {problem}
      </p>
    )}
  </div>
)

const described = (id: string, hint: ReactNode, problem: string | null | undefined) => ({
  'aria-describedby': clsx(hint !== undefined && `${id}-hint`, problem && `${id}-problem`) || undefined,
  'aria-invalid': problem ? (true as const) : undefined,
})

/** A line of text with its label, a hint and what is wrong with it. */
export function TextField({
  label,
  hideLabel,
  hint,
  problem,
  className,
  ...input
}: Described & Omit<InputHTMLAttributes<HTMLInputElement>, 'className'>) {
  const own = useId()
  const id = input.id ?? own
  return (
    <Frame {...{ id, label, hideLabel, hint, problem, className }}>
      <input {...input} id={id} {...described(id, hint, problem)} className={clsx(box, lineOf(problem))} />
    </Frame>
  )
}

/** Several lines of text. */
export function TextArea({
  label,
  hideLabel,
  hint,
  problem,
  className,
  ...input
}: Described & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className'>) {
  const own = useId()
  const id = input.id ?? own
  return (
    <Frame {...{ id, label, hideLabel, hint, problem, className }}>
      <textarea {...input} id={id} {...described(id, hint, problem)} className={clsx(box, lineOf(problem))} />
    </Frame>
  )
}

/** One of a few, by the system's own list. */
export function SelectField({
  label,
  hideLabel,
  hint,
  problem,
  className,
  children,
  ...select
}: Described & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className'>) {
  const own = useId()
  const id = select.id ?? own
  return (
    <Frame {...{ id, label, hideLabel, hint, problem, className }}>
      <select {...select} id={id} {...described(id, hint, problem)} className={clsx(box, lineOf(problem))}>
        {children}
      </select>
    </Frame>
  )
}
