import type { IncomingHttpHeaders } from 'node:http'

/** What the header `Prefer` says that is known here, each once (RFC 7240: the first of a name counts). */
function preferences({ prefer }: IncomingHttpHeaders): { waitMs: number | null; isAsync: boolean } {
  let waitMs: number | null = null
  let isAsync = false
  const said = Array.isArray(prefer) ? prefer.join(',') : (prefer ?? '')
  for (const part of said.slice(0, 1_000).split(',')) {
    const [name = '', value = ''] = part.split(';', 1)[0]!.split('=', 2)
    const word = name.trim().toLowerCase()
    if (word === 'respond-async') isAsync = true
    const seconds = /^\s*"?(\d{1,6})"?\s*$/.exec(value)?.[1]
    if (word === 'wait' && seconds !== undefined) waitMs ??= Number(seconds) * 1_000
  }
  return { waitMs, isAsync }
}

/** How long the caller waits for a whole answer before a job is enough, at most `mostMs`; null where he does not say. What cannot be read is no preference. */
export function waitOf(headers: IncomingHttpHeaders, mostMs: number): number | null {
  if (headers['prefer'] === undefined) return null
  const { waitMs, isAsync } = preferences(headers)
  if (waitMs === null) return isAsync ? 0 : null
  return Math.max(0, Math.min(waitMs, mostMs))
}

/** What is told to have been heeded, in `Preference-Applied`. */
export function appliedPreference(headers: IncomingHttpHeaders): string {
  const { waitMs, isAsync } = preferences(headers)
  return [...(isAsync ? ['respond-async'] : []), ...(waitMs === null ? [] : [`wait=${waitMs / 1_000}`])].join(', ')
}
