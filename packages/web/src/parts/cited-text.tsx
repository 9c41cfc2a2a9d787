import { createContext, Fragment, useContext, type MouseEvent } from 'react'

/** Which reference is open, and what opens it. */
export type Opening = {
  readonly opened: string | null
  open(id: string, by: HTMLElement): void
}

/** Around what may open references; null where nothing can be opened. */
export const OpeningContext = createContext<Opening | null>(null)

/** Where an opened reference is told, for whoever is told what a button controls. */
export const openedId = 'opened-reference'

/** Figures of the decision that bear no dot; all other ids do. */
const figures: ReadonlySet<string> = new Set(['score', 'completeness', 'confidence', 'price', 'candles'])

/** Plain text; each id in brackets becomes a button that opens what it stands for, or where nothing can be opened a link to its reading. */
export function CitedText({ text }: { text: string }) {
  return partsOf(text).map(({ at, part, ids }) =>
    ids === null ? <Fragment key={at}>{part}</Fragment> : <References key={at} ids={ids} />,
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

/** The brackets stay part of the text for whoever copies it, unseen. */
const References = ({ ids }: { ids: readonly string[] }) => (
  <span data-plain>
    <span className="hidden">[</span>
    {ids.map((id, i) => (
      <Fragment key={id}>
        {i > 0 && (
          <>
            <span className="hidden">,</span>{' '}
          </>
        )}
        <Reference id={id} />
      </Fragment>
    ))}
    <span className="hidden">]</span>
  </span>
)

const look =
  'rounded border border-line bg-raised px-1 font-mono text-[0.72rem] leading-5 text-ink-2 hover:border-accent hover:text-accent'

/** Quiet beside the text it belongs to; says to readers what it opens and whether it is open. */
export function Reference({ id }: { id: string }) {
  const opening = useContext(OpeningContext)
  if (opening === null)
    return (
      <a className={look} href={`#reading-${id}`}>
        {id}
      </a>
    )
  const isOpen = opening.opened === id
  return (
    <button
      type="button"
      className={isOpen ? `${look} border-accent bg-card text-accent` : look}
      aria-label={`${id}: what it stands for`}
      aria-expanded={isOpen}
      aria-controls={isOpen ? openedId : undefined}
      onClick={(event: MouseEvent<HTMLButtonElement>) => opening.open(id, event.currentTarget)}
    >
      {id}
    </button>
  )
}
