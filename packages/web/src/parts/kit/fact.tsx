import type { ReactNode } from 'react'

type Props = {
  /** Which answer of the API it is of, as the page names it: `recommendation`, `outcome`, `summary` ... */
  of: string
  /** Where in that answer it stands: `confidence.low`, `targets.0.price`. */
  at: string
  className?: string
  title?: string
  children: ReactNode
}

/**
 * A figure of the record, with where it comes from. A test walks the pages of the record and holds every one of them against the answer it
 * names, so that no figure stands there that the record does not have. Figures are formatted in here, never computed.
 */
export const Fact = ({ of, at, className, title, children }: Props) => (
  <span data-fact={`${of}#${at}`} className={className} title={title}>
    {children}
  </span>
)
