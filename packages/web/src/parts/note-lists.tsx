import type { ReactNode } from 'react'
import { showPrice, type Recommendation } from '@pumpiq/domain'
import { Link } from '../paths.tsx'
import { instant } from '../words/show.ts'
import { CitedText } from './cited-text.tsx'

/** What speaks against it, what would void it, what moved: nothing is hidden because it is empty, it is left out. */
export function NoteLists({ call }: { call: Recommendation }) {
  const { conflicts, warnings, invalidation, changed, previous } = call
  return (
    <div className="notes">
      <Notes title="Against it" items={conflicts} />
      <Notes title="Warnings" items={warnings} />
      <Notes
        title="Void if"
        items={invalidation.map(
          ({ when, price, why }) =>
            `a bar closes ${when === 'close_below' ? 'below' : 'above'} ${showPrice(price)}${why ? ` (${why})` : ''}`,
        )}
      />
      <Notes title="Since the last call" items={changed}>
        {previous && (
          <p>
            <Link to={`/recommendations/${previous.id}`}>
              {previous.type} of {instant(previous.issuedAt)}
            </Link>
          </p>
        )}
      </Notes>
    </div>
  )
}

function Notes({ title, items, children }: { title: string; items: readonly string[]; children?: ReactNode }) {
  if (items.length === 0 && !children) return null
  return (
    <section className="card note">
      <h2>{title}</h2>
      {children}
      <ul className="plain">
        {items.map((item) => (
          <li key={item}>
            <CitedText text={item} />
          </li>
        ))}
      </ul>
    </section>
  )
}
