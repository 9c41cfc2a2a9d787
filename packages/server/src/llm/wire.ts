import type { ModelEnding } from '@pumpiq/domain'
import { z } from 'zod'
import { toNano, type Usage } from './prices.ts'
import { askedWaitMs } from './waits.ts'

/** What came back over the line, or that nothing did: `unsent` nothing of the question left, `lost` it was on its way. */
export type Raw =
  | { readonly status: number; readonly headers: Headers; readonly text: string }
  | { readonly lost: 'unsent' | 'lost' }

/** What of a question a server may say that it does not know. */
export type Feature = 'response_format' | 'temperature' | 'top_p' | 'max_tokens' | 'reasoning_effort'

/** A reply as it is understood. `text`: the model's own words, when there are any. */
export type Said = {
  readonly ending: ModelEnding
  readonly text: string | null
  readonly usage: Usage | null
  /** As the vendor counts it in the reply itself, billionths of a dollar. */
  readonly vendorNano: number | null
  readonly status: number | null
  /** The vendor's word for what went wrong, cut to plain characters. */
  readonly code: string | null
  /** It may go well in a moment. */
  readonly passing: boolean
  readonly waitMs: number | null
  readonly lacks: Feature | null
}

const Count = z.int().nonnegative().nullish().catch(null)
const WireUsage = z.looseObject({
  prompt_tokens: Count,
  completion_tokens: Count,
  total_tokens: Count,
  cost: z.number().nonnegative().nullish().catch(null),
  prompt_tokens_details: z.looseObject({ cached_tokens: Count, cache_write_tokens: Count }).nullish().catch(null),
})
const Word = z.union([z.string(), z.number()]).nullish().catch(null)
const WireError = z.looseObject({
  message: z.string().nullish().catch(null),
  type: Word,
  param: Word,
  code: Word,
  metadata: z.looseObject({ reasons: z.unknown() }).nullish().catch(null),
})
type WireError = z.output<typeof WireError>
const Part = z
  .union([z.string(), z.array(z.looseObject({ text: z.string().nullish() }))])
  .nullish()
  .catch(null)
const Reply = z.looseObject({
  error: z
    .union([WireError, z.string().transform((message): WireError => WireError.parse({ message }))])
    .nullish()
    .catch(null),
  usage: WireUsage.nullish().catch(null),
  choices: z
    .array(
      z.looseObject({
        finish_reason: z.string().nullish().catch(null),
        error: WireError.nullish().catch(null),
        message: z
          .looseObject({ content: Part, refusal: z.string().nullish().catch(null) })
          .nullish()
          .catch(null),
      }),
    )
    .nullish()
    .catch(null),
})
type Reply = z.output<typeof Reply>

const nothing = { text: null, usage: null, vendorNano: null, status: null, code: null, waitMs: null, lacks: null }

/** What a reply means; it never throws, whatever came. */
export function understood(raw: Raw, now: number): Said {
  if ('lost' in raw) return { ...nothing, ending: 'unreachable', code: raw.lost, passing: true }
  const { status, headers } = raw
  const reply = parsed(raw.text)
  const error = reply?.error ?? reply?.choices?.[0]?.error ?? null
  const told = { ...nothing, ...usageOf(reply), status, text: textOf(reply) }
  if (status >= 200 && status < 300 && error === null) return { ...told, ...wordsOf(reply) }
  const by = status >= 400 ? status : statusIn(error)
  const { ending, lacks } = faultOf(by, error)
  const passing = lacks === null && (ending === 'throttled' || ending === 'failing')
  const code = plainWord(error?.code ?? error?.type)
  return { ...told, ending, lacks, passing, code, waitMs: passing ? askedWaitMs(headers, now) : null }
}

function parsed(text: string): Reply | null {
  try {
    const read = Reply.safeParse(JSON.parse(text))
    return read.success ? read.data : null
  } catch {
    return null
  }
}

/** Some count what was thought apart from the answer, and only in the total. */
function usageOf(reply: Reply | null): { usage: Usage | null; vendorNano: number | null } {
  const told = reply?.usage
  const vendorNano = typeof told?.cost === 'number' ? toNano(told.cost) : null
  if (told?.prompt_tokens == null) return { usage: null, vendorNano }
  const input = told.prompt_tokens
  const output = Math.max(told.completion_tokens ?? 0, (told.total_tokens ?? 0) - input)
  const cachedInput = Math.min(input, told.prompt_tokens_details?.cached_tokens ?? 0)
  const cacheWrite = Math.min(input - cachedInput, told.prompt_tokens_details?.cache_write_tokens ?? 0)
  return { usage: { input, cachedInput, cacheWrite, output }, vendorNano }
}

function textOf(reply: Reply | null): string | null {
  const content = reply?.choices?.[0]?.message?.content ?? null
  if (content === null || typeof content === 'string') return content
  return content.map(({ text }) => text ?? '').join('')
}

/** The order of the manual: refusal, length, filter, and only then the text. */
function wordsOf(reply: Reply | null): { ending: ModelEnding; code: string | null; passing: boolean } {
  const choice = reply?.choices?.[0]
  // A page of a proxy, or JSON that is no reply of a model.
  if (!reply?.choices) return { ending: 'failing', code: 'no reply of a model', passing: true }
  const reason = plainWord(choice?.finish_reason)
  const as = (ending: ModelEnding) => ({ ending, code: reason, passing: false })
  if (choice?.message?.refusal) return as('refused')
  if (reason === 'length') return as('length')
  if (reason === 'content_filter') return as('filtered')
  if (reason === 'error') return { ...as('failing'), passing: true }
  return as((textOf(reply) ?? '').trim() === '' ? 'empty' : 'answered')
}

const codes = (words: string): ReadonlySet<string> => new Set(words.split(' '))
const exhaustedCodes = codes(
  'insufficient_quota credit_balance_exhausted billing_hard_limit_reached billing_not_active',
)
const filteredCodes = codes('content_filter content_policy_violation moderation_blocked invalid_prompt')

/** An error within a reply that says 200 bears the status as its code; else it is the server's own. */
function statusIn(error: WireError | null): number {
  const code = Number(error?.code)
  return Number.isInteger(code) && code >= 400 && code < 600 ? code : 502
}

function faultOf(status: number, error: WireError | null): { ending: ModelEnding; lacks: Feature | null } {
  const words = [error?.code, error?.type].map((word) => String(word ?? ''))
  const is = (set: ReadonlySet<string>) => words.some((word) => set.has(word))
  const end = (ending: ModelEnding) => ({ ending, lacks: null })
  if (status === 402 || is(exhaustedCodes)) return end('exhausted')
  if (is(filteredCodes) || error?.metadata?.reasons !== undefined) return end('filtered')
  if (status === 401 || status === 403) return end('unauthorized')
  if (status === 429) return end('throttled')
  if (status === 408 || status === 409 || status === 425 || status >= 500) return end('failing')
  const lacks = lacking(error)
  if (lacks === null && status === 404 && /model|endpoint/i.test(`${words.join(' ')} ${error?.message ?? ''}`))
    return end('gone')
  return { ending: 'rejected', lacks }
}

const features: readonly { readonly feature: Feature; readonly names: RegExp }[] = [
  { feature: 'response_format', names: /response_format|json_schema|structured.?output|requested parameters/i },
  { feature: 'temperature', names: /temperature/i },
  { feature: 'top_p', names: /top_p/i },
  { feature: 'max_tokens', names: /max_tokens/i },
  { feature: 'reasoning_effort', names: /reasoning/i },
]

/** A refusal of what was asked for, not of its value: a schema that is wrong or a limit that is too high is no lack. */
function lacking(error: WireError | null): Feature | null {
  const said = `${error?.param ?? ''} ${error?.message ?? ''}`
  if (error?.code === 'invalid_json_schema' || /invalid schema/i.test(said)) return null
  const found = features.find(({ names }) => names.test(said))
  if (!found) return null
  const isLack =
    /unsupported/i.test(String(error?.code)) ||
    /support|unrecognized|unknown|unavailable|must be|not (allowed|permitted)|no endpoints/i.test(said)
  const isValue = found.feature !== 'response_format' && /must be|too (large|high|long)|supports at most/i.test(said)
  return isLack && !isValue ? found.feature : null
}

function plainWord(word: unknown): string | null {
  if (typeof word !== 'string' && typeof word !== 'number') return null
  return String(word)
    .replace(/[^\w.-]/g, '?')
    .slice(0, 60)
}
