import type { z } from 'zod'

export type Read<T> =
  | { readonly ok: true; readonly answer: T; readonly json: string }
  /** `fault` is for whoever shall mend it: paths and what was expected there. */
  | { readonly ok: false; readonly ending: 'broken' | 'invalid'; readonly fault: string }

/** A model's words as what they should be: fences, thoughts and chatter around the one object are left out, the rest must fit. */
export function readAnswer<T>(text: string, schema: z.ZodType<T>): Read<T> {
  const value = jsonIn(text)
  if (value === undefined) return { ok: false, ending: 'broken', fault: 'It is not JSON, or is cut off.' }
  const read = schema.safeParse(value)
  if (read.success) return { ok: true, answer: read.data, json: JSON.stringify(value) }
  const faults = read.error.issues
    .slice(0, 8)
    .map(({ path, message }) => `${path.join('.') || 'the object'}: ${message}`)
  return { ok: false, ending: 'invalid', fault: `It does not fit the schema. ${faults.join('; ')}.` }
}

function jsonIn(text: string): unknown {
  const plain = text.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim()
  const fenced = /```(?:json)?\s*\n([\s\S]*?)\n?\s*```/i.exec(plain)?.[1]
  const braced = plain.includes('{') ? plain.slice(plain.indexOf('{'), plain.lastIndexOf('}') + 1) : undefined
  for (const candidate of [plain, fenced, braced]) {
    if (candidate === undefined) continue
    try {
      return JSON.parse(candidate) as unknown
    } catch {
      // The next one may be.
    }
  }
  return undefined
}
