/** Where a link that a stranger wrote may lead, and what of it is shown; null for what is no web page. */
export function webAddress(url: string): { href: string; text: string } | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null
  const { href, host, pathname, search } = new URL(url)
  const path = pathname === '/' ? '' : pathname
  return { href, text: `${host}${path}${search}` }
}
