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
  <div role="group" aria-label={text.study} className="flex flex-wrap gap-1.5">
    {studies.map((study) => (
      <button
        key={study}
        type="button"
        aria-pressed={on.has(study)}
        title={empty.has(study) ? text.notYet : undefined}
        onClick={() => onChange(new Set(studies.filter((one) => (one === study) !== on.has(one))))}
        className="min-h-7 rounded-lg border border-line-2 bg-card px-2.5 text-xs font-medium text-ink-2 hover:bg-raised aria-pressed:border-accent aria-pressed:text-accent"
      >
        {on.has(study) ? '✓ ' : ''}
        {text.studies[study]}
        {empty.has(study) && <span className="text-ink-3">, {text.notYet}</span>}
      </button>
    ))}
  </div>
)
