import { Fragment, type MouseEvent } from 'react'

/** Which reference is open, and what opens it. */
export type Opening = {
  readonly opened: string | null
  open(id: string, by: HTMLElement): void
}

/** Where an opened reference is told, for whoever is told what a button controls. */
export const openedId = 'opened-reference'

/** Figures of the decision that bear no dot; all other ids do. */
const figures: ReadonlySet<string> = new Set(['score', 'completeness', 'confidence', 'price', 'candles'])

/** Plain text; each id in brackets becomes a button that opens what it stands for, or where nothing can be opened a link to its reading. */
export function CitedText({ text, opening = null }: { text: string; opening?: Opening | null }) {
  return partsOf(text).map(({ at, part, ids }) =>
    ids === null ? <Fragment key={at}>{part}</Fragment> : <References key={at} ids={ids} opening={opening} />,
  )
}

type Part = { readonly at: number; readonly part: string; readonly ids: readonly string[] | null }

/** Text and references in turn, each with where it begins. */
function partsOf(text: string): Part[] {
  let at = 0
  return text.split(/(\[[a-z]+(?:\.[\w-]+)*(?:, [a-z]+(?:\.[\w-]+)*)*\])/i).map((part, i) => {
    const begins = at
    at += part.length
    const ids = i % 2 === 1 ? part.slice(1, -1).split(', ') : null
    return { at: begins, part, ids: ids?.every((id) => id.includes('.') || figures.has(id)) ? ids : null }
  })
}

const References = ({ ids, opening }: { ids: readonly string[]; opening: Opening | null }) => (
  <span className="references">
    {ids.map((id, i) => (
      <Fragment key={id}>
        {i > 0 && ' '}
        {opening ? <ReferenceButton id={id} opening={opening} /> : <a href={`#reading-${id}`}>{id}</a>}
      </Fragment>
    ))}
  </span>
)

/** Quiet beside the text it belongs to; says to readers what it opens and whether it is open. */
export function ReferenceButton({ id, opening: { opened, open } }: { id: string; opening: Opening }) {
  const isOpen = opened === id
  return (
    <button
      type="button"
      className="reference"
      aria-label={`${id}: what it stands for`}
      aria-expanded={isOpen}
      aria-controls={isOpen ? openedId : undefined}
      onClick={(event: MouseEvent<HTMLButtonElement>) => open(id, event.currentTarget)}
    >
      {id}
    </button>
  )
}
