import type { LanguageModel } from 'ai'
import type { Fetch } from '../network/fetch.ts'
import type { Secret } from '../platform/secret.ts'
import type { Parameters } from './families.ts'
import type { Host, JsonMode } from './hosts.ts'
import type { JsonSchema } from './strict-schema.ts'
import type { Feature, Raw } from './wire.ts'

/** One request, all of it. */
export type Letter = {
  readonly model: string
  readonly instructions: string
  readonly prompt: string
  readonly schema: JsonSchema
  readonly schemaName: string
  readonly mode: JsonMode
  readonly maxOutputTokens: number
  readonly parameters: Parameters
  /** What the server has said that it does not know. */
  readonly without: ReadonlySet<Feature>
  readonly abort: AbortSignal
}

type Carry = (url: RequestInfo | URL, init?: RequestInit) => Promise<Response>
type Needs = { baseUrl: string; host: Host; key: Secret | null; fetch: Fetch }
export type Send = ReturnType<typeof createSend>

/** Nothing of a question left when its connection was never made. */
const unsent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+|ERR_TLS_\w+)$/

/**
 * Sends one question to `/chat/completions` by way of the AI SDK and gives back what came over the line as it came: of refused, cut off
 * and failed answers the SDK tells neither what they cost nor why. It retries nothing itself.
 */
export function createSend({ baseUrl, host, key, fetch }: Needs) {
  async function send(letter: Letter): Promise<Raw> {
    const { abort, instructions, prompt, maxOutputTokens, parameters, without } = letter
    let raw: Raw = { lost: 'unsent' }
    const asked = await providerFor(letter, async (url, init) => {
      raw = await carried(fetch, new Request(url, init))
      if ('lost' in raw) throw new TypeError('no answer came')
      return new Response(raw.text, { status: raw.status, headers: raw.headers })
    })
    const { generateText } = await sdk()
    const temperature = without.has('temperature') ? null : parameters.temperature
    const format = outputOf(letter)
    try {
      await generateText({
        model: asked,
        instructions,
        prompt,
        maxOutputTokens,
        maxRetries: 0,
        abortSignal: abort,
        telemetry: { isEnabled: false },
        ...(temperature !== null && { temperature }),
        ...(parameters.topP !== undefined && !without.has('top_p') && { topP: parameters.topP }),
        ...(format && { output: format }),
      })
    } catch (thrown) {
      // What the server answered is known; a fault before anything was sent is ours unless it is the line's or the asker's.
      if ('lost' in raw && !abort.aborted && !(thrown instanceof Error && saysNoAnswer(thrown))) throw thrown
    }
    return raw
  }

  async function providerFor(letter: Letter, over: Carry): Promise<LanguageModel> {
    const { createOpenAICompatible } = await sdk()
    return createOpenAICompatible({
      name: 'model',
      baseURL: baseUrl,
      // Servers on one's own machine ask for none, and some for any.
      apiKey: key?.reveal() ?? 'none',
      supportsStructuredOutputs: letter.mode === 'schema',
      transformRequestBody: (body) => ({ ...host.extra, ...inFamily(body, letter) }),
      fetch: over,
    })(letter.model)
  }

  /** `load` does beforehand what the first question would wait for. */
  return Object.assign(send, { load: async (): Promise<void> => void (await sdk()) })
}

const saysNoAnswer = (thrown: Error): boolean =>
  thrown.message.includes('no answer came') || (thrown.cause instanceof Error && saysNoAnswer(thrown.cause))

/** Loaded when it is needed: it takes a fifth of a second, which nobody without a model should wait for. */
const sdk = async () => {
  // Its warnings are about settings that we chose knowingly, and stderr is the log's.
  globalThis.AI_SDK_LOG_WARNINGS = false
  const [{ generateText }, { createOpenAICompatible }] = await Promise.all([
    import('ai'),
    import('@ai-sdk/openai-compatible'),
  ])
  return { generateText, createOpenAICompatible }
}

/** The form that is asked for; the text is read by us, since the SDK takes a fence for an error. */
function outputOf({ mode, schema, schemaName }: Letter) {
  if (mode === 'words') return null
  const name = schemaName
  const responseFormat = mode === 'schema' ? { type: 'json' as const, schema, name } : { type: 'json' as const }
  return {
    name: 'object',
    responseFormat: Promise.resolve(responseFormat),
    parseCompleteOutput: ({ text }: { text: string }) => Promise.resolve(text),
    parsePartialOutput: () => Promise.resolve(undefined),
    createElementStreamTransform: () => undefined,
  }
}

function inFamily({ max_tokens: limit, ...body }: Record<string, unknown>, { parameters, without }: Letter) {
  const limitName = without.has('max_tokens') ? 'max_completion_tokens' : parameters.limit
  const effort = without.has('reasoning_effort') ? null : parameters.effort
  return { ...body, [limitName]: limit, ...(effort !== null && { reasoning_effort: effort }) }
}

async function carried(send: Fetch, request: Request): Promise<Raw> {
  try {
    const response = await send(request)
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch (thrown) {
    return { lost: unsent.test(codeOf(thrown)) ? 'unsent' : 'lost' }
  }
}

function codeOf(thrown: unknown): string {
  for (let at = thrown; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string' && code !== '') return code
    if (at instanceof AggregateError) return codeOf(at.errors[0])
  }
  return ''
}
