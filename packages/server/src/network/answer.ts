import type { z } from 'zod'
import type { Asked } from './asked.ts'
import { mishapFailure, type Mishap } from './mishap.ts'
import { retryAfterMs } from './retry-after.ts'

/** What a body is: a value, or why it is none. */
type Json = { ok: true; value: unknown } | { ok: false; value: null; why: string }

export function parseJson(text: string): Json {
  const broken = (why: string): Json => ({ ok: false, value: null, why })
  if (text.trim() === '') return broken('answered nothing at all')
  if (text.trimStart().startsWith('<')) return broken('answered a web page instead of JSON')
  try {
    return { ok: true, value: JSON.parse(text) as unknown }
  } catch {
    return broken('answered JSON that is cut off or broken')
  }
}

/** A body that is not JSON, read by whoever knows its form. */
export function parseOther(text: string, parse: (text: string) => unknown): Json {
  if (text.trim() === '') return { ok: false, value: null, why: 'answered nothing at all' }
  try {
    return { ok: true, value: parse(text) }
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
    return { ok: false, value: null, why: 'answered what cannot be read' }
  }
}

/** Throws what the vendor's envelope says, else what its status says. */
export function throwVendorError(source: Asked, response: Response, json: Json, now: number): void {
  const { status, headers } = response
  const said = json.ok ? (source.readError?.(status, json.value) ?? null) : null
  if (!said && status >= 200 && status < 300) return
  const mishap = said?.mishap ?? mishapOfStatus(status)
  const asked = retryAfterMs(headers, now) ?? (mishap === 'throttled' ? source.throttledMs : undefined)
  throw mishapFailure({ source: source.id, mishap, status }, said?.reason ?? `answered HTTP ${status}`, asked)
}

/** RFC 9110 and 6585; 418 is how some venues answer who goes on after a 429. */
function mishapOfStatus(status: number): Mishap {
  if (status === 429 || status === 418) return 'throttled'
  if (status === 408 || status === 425 || status >= 500) return 'server'
  return 'refused'
}

/** The first issue: where and what was expected. Names in the path are the vendor's, so they are cut to plain characters. */
export function issueOf(error: z.ZodError): string {
  const [issue] = error.issues
  const path = (issue?.path ?? []).map((part) =>
    String(part)
      .replace(/[^\w.-]/g, '?')
      .slice(0, 24),
  )
  return `${path.join('.') || 'the answer'}: ${issue?.message ?? 'unknown'}`
}
