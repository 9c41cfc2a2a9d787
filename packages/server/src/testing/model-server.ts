import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock } from '../platform/clock.ts'

/** A request for an answer, as it came. */
export type ModelRequest = {
  readonly path: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: {
    readonly model: string
    readonly messages: readonly { readonly role: string; readonly content: string }[]
    readonly response_format?: {
      readonly type: string
      readonly json_schema?: {
        readonly name: string
        readonly strict?: boolean
        readonly schema: Record<string, unknown>
      }
    }
    readonly [setting: string]: unknown
  }
}

/** What is answered: a reply of HTTP, perhaps after a while; or the line is cut, at once or in the middle of the body. */
export type ModelAnswering =
  | {
      readonly status: number
      readonly headers?: Record<string, string>
      readonly body: string
      readonly afterMs?: number
    }
  | { readonly cut: 'at once' | 'in the middle' }

export type ModelUsage = { input?: number; cached?: number; output?: number; reasoning?: number; costUsd?: number }

type Extra = {
  usage?: ModelUsage | null
  message?: Record<string, unknown>
  finish?: string
  choice?: Record<string, unknown>
}

const limits = {
  'x-ratelimit-limit-requests': '500',
  'x-ratelimit-remaining-requests': '499',
  'x-ratelimit-reset-requests': '120ms',
  'x-request-id': 'req_of_the_test_server',
}

function usageJson({ input = 120, cached = 0, output = 30, reasoning = 0, costUsd }: ModelUsage) {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoning, audio_tokens: 0 },
    ...(costUsd !== undefined && { cost: costUsd }),
  }
}

/** A reply of `/chat/completions` with these words; 120 tokens in and 30 out unless said, null: it tells none. */
function words(content: string | null, { usage = {}, message, finish = 'stop', choice }: Extra = {}): ModelAnswering {
  const spoken = { role: 'assistant', content, refusal: null, annotations: [], ...message }
  const body = {
    id: 'chatcmpl-test',
    object: 'chat.completion',
    created: 1_790_000_000,
    model: 'gpt-4o-2024-08-06',
    service_tier: 'default',
    system_fingerprint: 'fp_test',
    choices: [{ index: 0, message: spoken, logprobs: null, finish_reason: finish, ...choice }],
    ...(usage && { usage: usageJson(usage) }),
  }
  return { status: 200, headers: limits, body: JSON.stringify(body) }
}

type Fault = { message: string; type?: string | null; param?: string | null; code?: string | number | null }
const fault = (status: number, error: Fault, headers: Record<string, string> = {}): ModelAnswering => ({
  status,
  headers,
  body: JSON.stringify({ error: { type: 'invalid_request_error', param: null, code: null, ...error } }),
})

/** Every way in which a model's server answers, in the vendors' shapes. */
export const says = {
  text: words,
  json: (value: unknown, extra?: Extra) => words(JSON.stringify(value), extra),
  fenced: (value: unknown) => words(`Here it is:\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``),
  /** JSON that ends in the middle, though the model says it had finished. */
  broken: () => words('{"reasoning": ["the evidence'),
  empty: (usage?: ModelUsage | null) => words('', { usage: usage ?? null }),
  refusal: () => words(null, { message: { refusal: 'I am sorry, but I cannot help with that.' } }),
  length: () => words('{"reasoning": ["so much to', { finish: 'length' }),
  filtered: () => words(null, { finish: 'content_filter' }),
  slow: (answering: ModelAnswering, afterMs: number): ModelAnswering => ({ ...answering, afterMs }),
  cut: (): ModelAnswering => ({ cut: 'at once' }),
  cutInTheMiddle: (): ModelAnswering => ({ cut: 'in the middle' }),
  unauthorized: () =>
    fault(401, { message: 'Incorrect API key provided: sk-te**********1234.', code: 'invalid_api_key' }),
  forbidden: () =>
    fault(403, {
      message: 'Country, region, or territory not supported',
      type: 'request_forbidden',
      code: 'unsupported_country_region_territory',
    }),
  gone: (model = 'gpt-4o') =>
    fault(404, {
      message: `The model \`${model}\` does not exist or you do not have access to it.`,
      code: 'model_not_found',
    }),
  throttled: (headers: Record<string, string> = {}) =>
    fault(429, { message: 'Rate limit reached for gpt-4o', type: 'requests', code: 'rate_limit_exceeded' }, headers),
  insufficientQuota: () =>
    fault(429, { message: 'You exceeded your current quota.', type: 'insufficient_quota', code: 'insufficient_quota' }),
  noCredit: (): ModelAnswering => ({
    status: 402,
    body: JSON.stringify({ error: { code: 402, message: 'Insufficient credits' }, user_id: 'user_test' }),
  }),
  failing: (status = 503, headers: Record<string, string> = {}) =>
    fault(status, { message: 'The server is overloaded', type: 'server_error' }, headers),
  /** A proxy's page instead of an answer. */
  page: (status = 502): ModelAnswering => ({
    status,
    headers: { 'content-type': 'text/html' },
    body: '<html><body>Bad Gateway</body></html>',
  }),
  /** OpenRouter, when a provider fails after it has begun. */
  failedWithin: (code = 502) =>
    words('', { usage: null, finish: 'error', choice: { error: { code, message: 'Provider disconnected' } } }),
  noSchemas: () =>
    fault(400, {
      message: "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
      param: 'response_format',
    }),
  unsupported: (param: string) =>
    fault(400, {
      message: `Unsupported parameter: '${param}' is not supported with this model.`,
      param,
      code: 'unsupported_parameter',
    }),
  wrongRequest: () => fault(400, { message: 'Your request is too long.', code: 'context_length_exceeded' }),
} as const

type Answerer = (request: ModelRequest, count: number) => ModelAnswering | Promise<ModelAnswering>

/**
 * A server that speaks as the vendors of models do, on a free port of this machine. `url` is a base URL to ask it under, `upstream` a
 * PUMPIQ_UPSTREAM behind which it stands for every vendor.
 */
export async function startModelServer() {
  const calls: ModelRequest[] = []
  const looks: string[] = []
  const queued: ModelAnswering[] = []
  const shutdowns: Record<string, string | null> = {}
  let answerer: Answerer = () => says.json({})

  async function speak(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url!, 'http://model').pathname
    const named = /\/models\/(.+)$/.exec(path)?.[1]
    if (request.method === 'GET' && named !== undefined) {
      looks.push(decodeURIComponent(named))
      return give(response, listed(decodeURIComponent(named), shutdowns))
    }
    if (request.method !== 'POST' || !path.endsWith('/chat/completions'))
      return give(response, fault(404, { message: `Unknown request URL: ${request.method} ${path}` }))
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as ModelRequest['body']
    const asked: ModelRequest = { path, headers: request.headers as ModelRequest['headers'], body }
    calls.push(asked)
    return give(response, queued.shift() ?? (await answerer(asked, calls.length)))
  }

  const server = createServer((request, response) => void speak(request, response).catch(() => response.destroy()))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}/v1`,
    upstream: `http://127.0.0.1:${port}`,
    /** What was asked, in order. */
    calls,
    /** Which models were looked up. */
    looks,
    /** How it answers from now on. */
    answer(how: Answerer | ModelAnswering): void {
      answerer = typeof how === 'function' ? how : () => how
    },
    /** What it answers first, once each, before `answer` has its say. */
    next(...answerings: readonly ModelAnswering[]): void {
      queued.push(...answerings)
    },
    /** A model that `/models/ID` knows, and the day on which it is switched off. */
    knows(model: string, shutdownDate: string | null = null): void {
      shutdowns[model] = shutdownDate
    },
    forget(): void {
      calls.length = 0
      looks.length = 0
      queued.length = 0
    },
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

export type ModelServer = Awaited<ReturnType<typeof startModelServer>>

function listed(model: string, shutdowns: Readonly<Record<string, string | null>>): ModelAnswering {
  if (!Object.hasOwn(shutdowns, model)) return says.gone(model)
  const body = {
    id: model,
    object: 'model',
    created: 1_715_367_049,
    owned_by: 'system',
    shutdown_date: shutdowns[model],
  }
  return { status: 200, body: JSON.stringify(body) }
}

async function give(response: ServerResponse, answering: ModelAnswering): Promise<void> {
  if ('cut' in answering) {
    if (answering.cut === 'at once') return void response.destroy()
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    response.write('{"id":"chatcmpl-test","choices":[{"mess')
    return void systemClock.sleep(10).then(() => response.destroy())
  }
  const { status, headers, body, afterMs = 0 } = answering
  if (afterMs > 0) await systemClock.sleep(afterMs)
  if (!response.destroyed) response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
}
