/** Where one wanted to go before signing in: a path of this app and nothing else, whatever the address line says. */
export function wantedPath(search: string, origin: string): string | null {
  const said = new URLSearchParams(search).get('to')
  if (said === null || !said.startsWith('/') || !URL.canParse(said, origin)) return null
  const url = new URL(said, origin)
  const isHere = url.origin === origin && !/^\/(?:\/|sign-in)/.test(url.pathname)
  return isHere ? url.pathname + url.search + url.hash : null
}

/** A token that came by a link of a mail. */
export const tokenIn = (search: string): string => new URLSearchParams(search).get('token')?.trim() ?? ''
