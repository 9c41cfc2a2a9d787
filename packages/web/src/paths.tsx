import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react'
import { useRouter } from '@tanstack/react-router'

export const recordPath = '/record'
export const portfolioPath = '/portfolio'
export const alertsPath = '/alerts'
export const settingsPath = '/settings'
export const operationsPath = '/operations'
export const sourcesPath = '/sources'
export const signInPath = '/sign-in'
export const registerPath = '/register'
export const forgotPasswordPath = '/forgot-password'
export const resetPasswordPath = '/reset-password'
export const setupPath = '/setup'

/** Signing in, and from there back to where one is now. */
export function signInFromHere(): string {
  const here = globalThis.location
  const from = here === undefined || here.pathname === '/' ? '' : here.pathname + here.search
  return from === '' || from.startsWith(signInPath) ? signInPath : `${signInPath}?to=${encodeURIComponent(from)}`
}

export const settingsSectionPath = (section: string): string => `${settingsPath}/${section}`

export const tokenPath = (id: string): string => `/tokens/${encodeURIComponent(id)}`
export const recommendationPath = (id: string): string => `/recommendations/${id}`

/** `label` says to readers more than the words that are seen, and holds them. */
type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  to: string
  current?: boolean
  label?: string
  children: ReactNode
}

/** A link within the app; with a modifier key, or the middle button, it is the browser's. Without a router around it a plain one. */
export function Link({ to, current = false, label, children, onClick, ...others }: LinkProps) {
  const go = useGo()
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const isBrowsers = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0
    if (go === null || event.defaultPrevented || isBrowsers) return
    event.preventDefault()
    go(to)
  }
  return (
    <a {...others} href={to} aria-current={current ? 'page' : undefined} aria-label={label} onClick={follow}>
      {children}
    </a>
  )
}

/** Goes to a page of the app; null where no router is around. */
export function useGo(): ((to: string) => void) | null {
  const router = useRouter({ warn: false })
  return router ? (to) => router.history.push(to) : null
}
