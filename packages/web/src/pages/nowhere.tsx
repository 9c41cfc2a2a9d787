import { useLocation } from '@tanstack/react-router'
import { Link } from '../paths.tsx'

export function NowherePage() {
  const path = useLocation({ select: ({ pathname }) => pathname })
  return (
    <section className="card empty">
      <h1>There is no such page</h1>
      <p>
        Nothing is at <code>{path}</code>. <Link to="/">See the current calls</Link>
      </p>
    </section>
  )
}
