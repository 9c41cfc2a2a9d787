import { useEffect, useState, type MouseEvent, type ReactNode } from 'react'

export type Route =
  | { page: 'home' }
  | { page: 'record' }
  | { page: 'alerts' }
  | { page: 'recommendation'; id: string }
  | { page: 'nowhere'; path: string }

export const recordPath = '/record'
export const alertsPath = '/alerts'

export function routeOf(path: string): Route {
  if (path === '/' || path === '/index.html') return { page: 'home' }
  if (path === recordPath || path === `${recordPath}/`) return { page: 'record' }
  if (path === alertsPath || path === `${alertsPath}/`) return { page: 'alerts' }
  const id = /^\/recommendations\/([^/]+)\/?$/.exec(path)?.[1]
  return id ? { page: 'recommendation', id } : { page: 'nowhere', path }
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

type LinkProps = { to: string; className?: string; current?: boolean; children: ReactNode }

/** A link within the app; with a modifier key, or the middle button, it is the browser's. */
export function Link({ to, className, current = false, children }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
    event.preventDefault()
    go(to)
  }
  return (
    <a href={to} className={className} aria-current={current ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  )
}
