import { Link } from '../route.tsx'

export function NowherePage({ path }: { path: string }) {
  return (
    <section className="card empty">
      <h1>There is no such page</h1>
      <p>
        Nothing is at <code>{path}</code>. <Link to="/">See the current calls</Link>
      </p>
    </section>
  )
}
