import { dearest, free, type ModelPrice } from './prices.ts'

/** How JSON is asked for: with the schema; as an object, the schema in the words; in words alone. */
export const jsonModes = ['schema', 'object', 'words'] as const
export type JsonMode = (typeof jsonModes)[number]

/** What is known of a server before it is asked. */
export type Host = {
  readonly name: string
  readonly isLocal: boolean
  readonly firstMode: JsonMode
  /** Sent along with every question. */
  readonly extra: Readonly<Record<string, unknown>>
  /** What is counted for a model that is not in our table; or it is not asked at all. */
  readonly unknownPrice: ModelPrice | 'refuse'
}

const plain = { isLocal: false, firstMode: 'schema', extra: {}, unknownPrice: free } as const

const known: Readonly<Record<string, Host>> = {
  'api.openai.com': { ...plain, name: 'OpenAI', unknownPrice: 'refuse' },
  // Else sellers that do not know structured outputs ignore them silently. Its replies tell what they cost.
  'openrouter.ai': {
    ...plain,
    name: 'OpenRouter',
    extra: { provider: { require_parameters: true } },
    unknownPrice: dearest,
  },
  'ollama.com': { ...plain, name: 'Ollama Cloud', firstMode: 'object' },
}

/** Plain http and the names and addresses of this machine and its network: models that are in no list of prices cost nothing there. */
export function hostOf(baseUrl: string): Host {
  const { hostname, host, protocol } = new URL(baseUrl)
  const isLocal = protocol === 'http:' || /^(localhost|127\..*|\[::1\]|.*\.local|.*\.internal)$/.test(hostname)
  return known[hostname] ?? { ...plain, name: host, isLocal }
}
