import { resolve } from 'node:path'
import { Failure } from '@pumpiq/domain'
import { createSecret, type Secret } from './platform/secret.ts'

/**
 * The environment, read once and frozen. Null is "not set"; an empty variable counts as not set. URLs that may carry a password are
 * secrets. `trustProxy` is as Fastify takes it: false, a number of hops, or addresses and networks.
 */
export type Config = {
  /** Absolute path of the embedded data. */
  readonly home: string
  readonly databaseUrl: Secret | null
  readonly databaseReplicaUrl: Secret | null
  readonly redisUrl: Secret | null
  readonly smtpUrl: Secret | null
  readonly host: string
  readonly port: number
  /** Origin and path under which users reach us, without a slash at its end. */
  readonly publicUrl: string | null
  readonly trustProxy: false | number | readonly string[]
  /** Whoever sits at the machine is its user, without signing in. */
  readonly localMode: boolean
  /** Whether anybody may make an account. */
  readonly registration: 'open' | 'closed'
  /** Origins whose pages may ask with keys and tokens. */
  readonly corsOrigins: readonly string[]
  /** Signs in at the server that `mcp` asks. */
  readonly apiKey: Secret | null
  /** Who bears it may read the figures from elsewhere than this machine. */
  readonly metricsToken: Secret | null
  /** Where requests to `https://HOST/PATH` go instead: `<upstream>/HOST/PATH`. Without a slash at its end. */
  readonly upstream: string | null
  /** Signs what we hand out; null: made at first start and kept in the home. */
  readonly secret: Secret | null
  readonly model: string | null
  readonly modelBaseUrl: string | null
  readonly modelKey: Secret | null
  /** Asked once the vendor has switched `model` off. */
  readonly modelSuccessor: string | null
  /** What may be spent on models in a UTC day; 0 switches spending off. */
  readonly modelUsdPerDay: number
  /** What the model costs in dollars per million tokens, where the built-in prices do not say. */
  readonly modelPrice: { readonly input: number; readonly cachedInput: number; readonly output: number } | null
  /** By source id: COINGECKO_API_KEY is `coingecko`, LUNAR_CRUSH_API_KEY is `lunar-crush`. */
  readonly sourceKeys: Readonly<Record<string, Secret>>
  /** What was said of sources by name: true on, false off. */
  readonly sources: Readonly<Record<string, boolean>>
  /** Recorded answers and history for evaluation; only tests and `evaluate` read it. */
  readonly evaluationDir: string | null
}

export type Environment = Readonly<Record<string, string | undefined>>

const ours = [
  'PUMPIQ_CORS_ORIGINS',
  'PUMPIQ_HOME',
  'PUMPIQ_KEY',
  'PUMPIQ_LOCAL_MODE',
  'PUMPIQ_METRICS_TOKEN',
  'PUMPIQ_MODEL',
  'PUMPIQ_MODEL_PRICE',
  'PUMPIQ_MODEL_SUCCESSOR',
  'PUMPIQ_MODEL_USD_PER_DAY',
  'PUMPIQ_REGISTRATION',
  'PUMPIQ_SECRET',
  'PUMPIQ_SOURCES',
  'PUMPIQ_UPSTREAM',
]

/** Environment -> Config; every variable is checked, and a message names the variable and what is allowed, never a secret's value. */
export function readConfig(env: Environment): Config {
  refuseUnknown(env)
  return Object.freeze({
    home: folder(env, 'PUMPIQ_HOME') ?? resolve('.pumpiq'),
    databaseUrl: secretUrl(env, 'DATABASE_URL', ['postgres', 'postgresql']),
    databaseReplicaUrl: replicaUrl(env),
    redisUrl: secretUrl(env, 'REDIS_URL', ['redis', 'rediss']),
    smtpUrl: secretUrl(env, 'SMTP_URL', ['smtp', 'smtps']),
    host: host(env),
    port: port(env),
    publicUrl: plainUrl(env, 'PUBLIC_URL'),
    trustProxy: trustProxy(env),
    localMode: localMode(env),
    registration: oneOf(env, 'PUMPIQ_REGISTRATION', ['open', 'closed']) ?? (localMode(env) ? 'closed' : 'open'),
    corsOrigins: corsOrigins(env),
    apiKey: key(env, 'PUMPIQ_KEY', 16),
    metricsToken: key(env, 'PUMPIQ_METRICS_TOKEN', 16),
    upstream: plainUrl(env, 'PUMPIQ_UPSTREAM'),
    secret: key(env, 'PUMPIQ_SECRET', 32),
    model: model(env, 'PUMPIQ_MODEL', 'gpt-4o'),
    modelBaseUrl: modelBaseUrl(env),
    modelKey: key(env, 'OPENAI_API_KEY'),
    modelSuccessor: model(env, 'PUMPIQ_MODEL_SUCCESSOR', 'gpt-6-luna'),
    modelUsdPerDay: usdPerDay(env),
    modelPrice: modelPrice(env),
    sourceKeys: sourceKeys(env),
    sources: chosenSources(env),
    evaluationDir: folder(env, 'EVALUATION_DIR'),
  })
}

const refused = (name: string, allowed: string, shown?: string): Failure =>
  new Failure(
    'invalid',
    `${name}${shown === undefined ? '' : ` is ${JSON.stringify(shown)}, which`} is not valid: allowed is ${allowed}`,
  )

function given(env: Environment, name: string): string | null {
  const value = env[name]?.trim()
  return value ? value : null
}

function refuseUnknown(env: Environment): void {
  const unknown = Object.keys(env).filter((name) => name.startsWith('PUMPIQ_') && !ours.includes(name))
  if (unknown.length === 0) return
  throw new Failure(
    'invalid',
    `unknown variable ${unknown.toSorted().join(', ')}: of PUMPIQ_* there are ${ours.join(', ')}`,
  )
}

function folder(env: Environment, name: string): string | null {
  const value = given(env, name)
  if (value?.includes('\0')) throw refused(name, 'a path of a folder')
  return value === null ? null : resolve(value)
}

function parsed(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null
}

function secretUrl(env: Environment, name: string, protocols: readonly string[]): Secret | null {
  const value = given(env, name)
  if (value === null) return null
  const url = parsed(value)
  // A socket path (postgres:///db?host=/run) has no host name, so only the protocol is asked for.
  if (!url || !protocols.includes(url.protocol.slice(0, -1))) {
    throw refused(name, `a URL that begins with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`)
  }
  return createSecret(value)
}

function replicaUrl(env: Environment): Secret | null {
  const url = secretUrl(env, 'DATABASE_REPLICA_URL', ['postgres', 'postgresql'])
  if (url && given(env, 'DATABASE_URL') === null)
    throw refused('DATABASE_REPLICA_URL', 'only beside DATABASE_URL, which is not set')
  return url
}

function plainUrl(env: Environment, name: string): string | null {
  const value = given(env, name)
  if (value === null) return null
  const url = parsed(value)
  const plain =
    url && ['http:', 'https:'].includes(url.protocol) && !url.username && !url.password && !url.search && !url.hash
  // Not shown: a URL that is refused for its password would print it.
  if (!plain) throw refused(name, 'an http:// or https:// URL without user, password, query or fragment')
  return value.replace(/\/+$/, '')
}

function host(env: Environment): string {
  const value = given(env, 'HOST') ?? '127.0.0.1'
  const name = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(value)
  const address6 = /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(value)
  if (!name && !address6)
    throw refused('HOST', 'an address to listen on such as 127.0.0.1, 0.0.0.0, :: or localhost', value)
  return value
}

function port(env: Environment): number {
  const value = given(env, 'PORT') ?? '3000'
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535)
    throw refused('PORT', 'a whole number from 0 (any free port) to 65535', value)
  return Number(value)
}

function trustProxy(env: Environment): Config['trustProxy'] {
  const value = given(env, 'TRUST_PROXY')
  if (value === null || value === 'false') return false
  if (/^\d$/.test(value)) return Number(value)
  const names = value.split(',').map((name) => name.trim())
  const known = names.every((name) =>
    /^(loopback|linklocal|uniquelocal|[0-9a-f.:]*[.:][0-9a-f.:]*(\/\d{1,3})?)$/i.test(name),
  )
  // `true` would let every client choose its own address, and with it its rate limit.
  if (!known) {
    const allowed =
      'false, a number of hops from 0 to 9, or addresses and networks with commas: 10.0.0.0/8, loopback, linklocal, uniquelocal'
    throw refused('TRUST_PROXY', allowed, value)
  }
  return Object.freeze(names)
}

function oneOf<const Word extends string>(env: Environment, name: string, words: readonly Word[]): Word | null {
  const value = given(env, name)
  if (value === null) return null
  const word = words.find((one) => one === value)
  if (word === undefined) throw refused(name, words.join(' or '), value)
  return word
}

/** Nobody but who sits at the machine can reach it there: then he needs no account. */
function localMode(env: Environment): boolean {
  const said = oneOf(env, 'PUMPIQ_LOCAL_MODE', ['on', 'off'])
  if (said !== null) return said === 'on'
  const publicUrl = plainUrl(env, 'PUBLIC_URL')
  const isHere = (name: string) => /^(localhost|127\.[\d.]+|\[?::1\]?)$/i.test(name)
  return isHere(host(env)) && trustProxy(env) === false && (publicUrl === null || isHere(new URL(publicUrl).hostname))
}

/** Named one by one: a pattern lets in whoever may register a name that fits. */
function corsOrigins(env: Environment): readonly string[] {
  const names =
    given(env, 'PUMPIQ_CORS_ORIGINS')
      ?.split(',')
      .map((name) => name.trim()) ?? []
  const wrong = names.find((name) => !/^https?:\/\//.test(name) || parsed(name)?.origin !== name)
  if (wrong !== undefined) {
    const allowed =
      'origins with commas between, each as a browser says it: https://app.example.com,http://localhost:5173'
    throw refused('PUMPIQ_CORS_ORIGINS', allowed, wrong)
  }
  return Object.freeze(names)
}

function key(env: Environment, name: string, least = 1): Secret | null {
  const value = given(env, name)
  if (value === null) return null
  if (!/^[\x21-\x7e]+$/.test(value)) throw refused(name, 'printable ASCII without spaces')
  if (value.length < least) throw refused(name, `at least ${least} characters, ${value.length} were given`)
  return createSecret(value)
}

function model(env: Environment, name: string, example: string): string | null {
  const value = given(env, name)
  if (value !== null && !/^[\w.:/@-]{1,120}$/.test(value))
    throw refused(name, `the name of a model such as ${example}`, value)
  return value
}

/** Only OpenAI's own endpoint is known to have the model that is asked unless another is named. */
function modelBaseUrl(env: Environment): string | null {
  const url = plainUrl(env, 'OPENAI_BASE_URL')
  if (url !== null && new URL(url).hostname !== 'api.openai.com' && given(env, 'PUMPIQ_MODEL') === null)
    throw refused('OPENAI_BASE_URL', 'only beside PUMPIQ_MODEL, which is not set: it names a model of that server')
  return url
}

const dollars = /^\d{1,6}(\.\d{1,9})?$/

function usdPerDay(env: Environment): number {
  const value = given(env, 'PUMPIQ_MODEL_USD_PER_DAY') ?? '1'
  if (!dollars.test(value))
    throw refused('PUMPIQ_MODEL_USD_PER_DAY', 'US dollars from 0 (nothing is spent) to 999999, such as 2.50', value)
  return Number(value)
}

function modelPrice(env: Environment): Config['modelPrice'] {
  const value = given(env, 'PUMPIQ_MODEL_PRICE')
  if (value === null) return null
  const parts = value.split('/')
  const [input, cachedInput, output] = parts.map(Number)
  if (parts.length !== 3 || !parts.every((part) => dollars.test(part))) {
    const allowed = 'US dollars per million tokens of input, cached input and output: 2.50/1.25/10'
    throw refused('PUMPIQ_MODEL_PRICE', allowed, value)
  }
  return Object.freeze({ input: input!, cachedInput: cachedInput!, output: output! })
}

function sourceKeys(env: Environment): Readonly<Record<string, Secret>> {
  const found = Object.keys(env).filter((name) => /^[A-Z][A-Z0-9_]*_API_KEY$/.test(name) && name !== 'OPENAI_API_KEY')
  const entries = found.flatMap((name) => {
    const value = key(env, name)
    return value ? [[name.slice(0, -'_API_KEY'.length).toLowerCase().replaceAll('_', '-'), value] as const] : []
  })
  return Object.freeze(Object.fromEntries(entries))
}

/** `+google-news,-gdelt`: each a source with its sign. Whether there is such a source is known where sources are. */
function chosenSources(env: Environment): Readonly<Record<string, boolean>> {
  const words =
    given(env, 'PUMPIQ_SOURCES')
      ?.split(',')
      .map((word) => word.trim()) ?? []
  const wrong = words.find((word) => !/^[+-][a-z0-9][a-z0-9-]*$/.test(word))
  if (wrong !== undefined)
    throw refused('PUMPIQ_SOURCES', 'sources with a sign and commas between: +google-news,-gdelt', wrong)
  return Object.freeze(Object.fromEntries(words.map((word) => [word.slice(1), word.startsWith('+')])))
}
