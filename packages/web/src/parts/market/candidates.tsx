import type { Token } from '@pumpiq/domain'
import { askTexts as text } from '../../words/texts/market.ts'

/** What a ticker could have meant, as far as the answer tells it. */
export type Candidate = Pick<Token, 'id' | 'symbol' | 'name'>

export const Candidates = ({
  candidates,
  onChoose,
}: {
  candidates: readonly Candidate[]
  onChoose: (id: string) => void
}) => (
  <section aria-label={text.which} className="grid gap-2">
    <h3>{text.which}</h3>
    <ul className="grid gap-1.5">
      {candidates.map(({ id, symbol, name }) => (
        <li key={id}>
          <button
            type="button"
            onClick={() => onChoose(id)}
            className="grid h-auto w-full gap-0.5 rounded-lg border border-line-2 px-3 py-2 text-left text-sm hover:bg-raised"
          >
            <span>
              <bdi className="font-semibold">{symbol}</bdi> <bdi className="text-ink-2">{name}</bdi>
            </span>
            <code className="text-xs break-all text-ink-3">{id}</code>
          </button>
        </li>
      ))}
    </ul>
  </section>
)
