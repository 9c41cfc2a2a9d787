import { tokenTexts as text } from '../../words/texts/token.ts'
import { studies, type Study } from './studies.ts'

type Props = {
  on: ReadonlySet<Study>
  /** Of these there is nothing to draw yet; they may be chosen all the same. */
  empty: ReadonlySet<Study>
  onChange: (on: ReadonlySet<Study>) => void
}

/** Any number of them, each on or off. */
export const StudyChoice = ({ on, empty, onChange }: Props) => (
  <div
    role="group"
    aria-label={text.study}
    className="relative -mx-1 mb-2 flex gap-1.5 overflow-x-auto p-1 sm:flex-wrap"
  >
    {studies.map((study) => (
      <button
        key={study}
        type="button"
        aria-pressed={on.has(study)}
        title={empty.has(study) ? text.notYet : undefined}
        onClick={() => onChange(new Set(studies.filter((one) => (one === study) !== on.has(one))))}
        className="min-h-7 shrink-0 rounded-lg border border-line-2 bg-card px-2.5 text-xs font-medium text-ink-2 hover:bg-raised aria-pressed:border-accent aria-pressed:bg-raised aria-pressed:font-semibold aria-pressed:text-accent aria-pressed:underline"
      >
        {text.studies[study]}
        {empty.has(study) && <span className="sr-only">, {text.notYet}</span>}
      </button>
    ))}
  </div>
)
