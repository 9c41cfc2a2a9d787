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

type Own<Attributes> = Described & Omit<Attributes, 'className'>

/** What is said around a field, what the field itself is given, and how both know each other. */
function useField<Attributes extends { id?: string | undefined }>(props: Own<Attributes>) {
  const { label, hideLabel, hint, problem, className, ...field } = props
  const own = useId()
  const id = field.id ?? own
  return {
    around: { id, label, hideLabel, hint, problem, className },
    field: { ...field, id, ...described(id, hint, problem), className: clsx(box, lineOf(problem)) },
  }
}

/** A line of text with its label, a hint and what is wrong with it. */
export function TextField(props: Own<InputHTMLAttributes<HTMLInputElement>>) {
  const { around, field } = useField(props)
  return (
    <Frame {...around}>
      <input {...field} />
    </Frame>
  )
}

/** Several lines of text. */
export function TextArea(props: Own<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const { around, field } = useField(props)
  return (
    <Frame {...around}>
      <textarea {...field} />
    </Frame>
  )
}

/** One of a few, by the system's own list. */
export function SelectField(props: Own<SelectHTMLAttributes<HTMLSelectElement>>) {
  const { around, field } = useField(props)
  return (
    <Frame {...around}>
      <select {...field} />
    </Frame>
  )
}
