import { useEffect, useState, type MouseEvent, type ReactNode } from 'react'

export type Route =
  | { page: 'home' }
  | { page: 'record' }
  | { page: 'alerts' }
  | { page: 'sources' }
  | { page: 'token'; id: string }
  | { page: 'recommendation'; id: string }
  | { page: 'nowhere'; path: string }

export const recordPath = '/record'
export const alertsPath = '/alerts'
export const sourcesPath = '/sources'

/** A name with a dot at the very end of a path is a file's, and some addresses have dots. */
export const tokenPath = (id: string): string => `/tokens/${encodeURIComponent(id)}${id.includes('.') ? '/' : ''}`

export function routeOf(path: string): Route {
  if (path === '/' || path === '/index.html') return { page: 'home' }
  if (path === recordPath || path === `${recordPath}/`) return { page: 'record' }
  if (path === alertsPath || path === `${alertsPath}/`) return { page: 'alerts' }
  if (path === sourcesPath || path === `${sourcesPath}/`) return { page: 'sources' }
  const token = decoded(/^\/tokens\/([^/]+)\/?$/.exec(path)?.[1])
  if (token) return { page: 'token', id: token }
  const id = /^\/recommendations\/([^/]+)\/?$/.exec(path)?.[1]
  return id ? { page: 'recommendation', id } : { page: 'nowhere', path }
}

/** Null where there is none, and where what is there cannot be one. */
function decoded(segment: string | undefined): string | null {
  try {
    return segment === undefined ? null : decodeURIComponent(segment)
  } catch {
    return null
  }
}

const moved = 'pumpiq:moved'

export function go(path: string): void {
  history.pushState(null, '', path)
  dispatchEvent(new Event(moved))
  scrollTo(0, 0)
}

export function useRoute(): Route {
  const [path, setPath] = useState(location.pathname)
  useEffect(() => {
    const read = () => setPath(location.pathname)
    addEventListener('popstate', read)
    addEventListener(moved, read)
    return () => {
      removeEventListener('popstate', read)
      removeEventListener(moved, read)
    }
  }, [])
  return routeOf(path)
}

/** `label` says to readers more than the words that are seen, and holds them. */
type LinkProps = { to: string; className?: string; current?: boolean; label?: string; children: ReactNode }

/** A link within the app; with a modifier key, or the middle button, it is the browser's. */
export function Link({ to, className, current = false, label, children }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
    event.preventDefault()
    go(to)
  }
  return (
    <a href={to} className={className} aria-current={current ? 'page' : undefined} aria-label={label} onClick={follow}>
      {children}
    </a>
  )
}
