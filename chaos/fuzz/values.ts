/** As much of JSON Schema as our document uses. */
export type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly additionalProperties?: boolean | Schema
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly default?: unknown
}

export type Random = () => number
export const oneOf = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)]!

/** What has come in answers: ids that exist, by what they are of, cursors that hold, and words. */
export type Seen = Map<string, string[]>

const most = 200

function keep(seen: Seen, pool: string, text: string, random: Random): void {
  const texts = seen.get(pool) ?? []
  seen.set(pool, texts)
  if (texts.length < most) texts.push(text)
  else texts[Math.floor(random() * most)] = text
}

/** Keeps of an answer what later questions may name. `of` is the resource that answered. */
export function note(seen: Seen, of: string, value: unknown, random: Random, name = '', depth = 0): void {
  if (depth > 6 || value === null) return
  if (typeof value === 'string') {
    const isName = value.length < 300 && /^[\w.:~+/=-]{3,}$/.test(value) && !/^\d{4}-\d\d-/.test(value)
    if (!isName) return
    if (name === 'id') keep(seen, of, value, random)
    else keep(seen, name === 'token' ? 'tokens' : name === 'next' ? `${of} cursor` : 'words', value, random)
  } else if (Array.isArray(value)) for (const one of value.slice(0, 8)) note(seen, of, one, random, name, depth + 1)
  else if (typeof value === 'object')
    for (const [key, one] of Object.entries(value).slice(0, 40)) note(seen, of, one, random, key, depth + 1)
}

/** Keeps by what the things that are listed or made at a place are named there. */
export function notePlace(seen: Seen, place: string, value: unknown, random: Random, depth = 0): void {
  if (depth > 2 || typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) for (const one of value) notePlace(seen, place, one, random, depth + 1)
  else
    for (const [key, one] of Object.entries(value)) {
      if (['id', 'name', 'token'].includes(key) && typeof one === 'string') keep(seen, `${place} ${key}`, one, random)
      else if (depth === 0 && Array.isArray(one)) notePlace(seen, place, one, random, depth + 1)
    }
}

/** Something that was seen where such a thing is asked for; null where nothing was. */
function known({ seen, of, name, from }: Where, random: Random): string | null {
  const pool = name === 'id' ? of : /^tokens?$/.test(name) ? 'tokens' : name === 'cursor' ? `${of} cursor` : 'words'
  const texts = (from === null ? undefined : seen.get(from)) ?? seen.get(pool)
  return texts && texts.length > 0 ? oneOf(random, texts) : null
}

const words = ['BTC', 'bitcoin:native', 'ethereum:native', 'solana:native', 'ETH', 'DOGE', 'SWING', 'hybrid', 'a', 'x1']

/** Which question a value is for, what it is called there, and the pool it is first looked for in. */
export type Where = { readonly seen: Seen; readonly of: string; readonly name: string; readonly from: string | null }

/** What the document calls a text, and is one of a few. */
const fewOf: Readonly<Record<string, readonly string[]>> = {
  timeZone: ['UTC', 'Europe/Berlin', 'America/New_York'],
  timeframe: ['SCALP', 'DAY_TRADE', 'SWING', 'LONG_TERM'],
  riskTolerance: ['conservative', 'moderate', 'aggressive'],
  ...Object.fromEntries(
    ['actionable', 'current', 'following', 'wished', 'unread', 'dryRun'].map((name) => [name, ['true', 'false']]),
  ),
}
/** Texts of which one or another has the form that a pattern asks for. */
const samples = ['22:00', '06:30', '60', 'ethereum:native', 'solana:native', 'roll-up', '1.5', 'Europe/Berlin', 'UTC']
const compiled = new Map<string, RegExp>()
function matches(pattern: string, text: string): boolean {
  const form = compiled.get(pattern) ?? new RegExp(pattern, 'u')
  compiled.set(pattern, form)
  return form.test(text)
}

/** Something the schema allows, as far as it says what that is. */
export function valueOf(schema: Schema, where: Where, random: Random, depth = 0): unknown {
  if ('const' in schema) return schema.const
  if (schema.enum) return oneOf(random, schema.enum)
  const choice = schema.anyOf ?? schema.oneOf
  if (choice) return valueOf(oneOf(random, choice), where, random, depth + 1)
  if (schema.default !== undefined && random() < 0.3) return schema.default
  const type = typeof schema.type === 'string' ? schema.type : schema.type ? oneOf(random, schema.type) : 'string'
  if (type === 'object') return objectOf(schema, where, random, depth)
  if (type === 'array') {
    const { minItems = 0, maxItems = 5 } = schema
    const length = Math.min(minItems + Math.floor(random() * (maxItems - minItems + 1)), minItems + 8)
    return Array.from({ length }, () => valueOf(schema.items ?? {}, where, random, depth + 1))
  }
  if (type === 'integer') return Math.trunc(numberOf(schema, random))
  if (type === 'number') return numberOf(schema, random)
  if (type === 'boolean') return random() < 0.5
  return type === 'null' ? null : textOf(schema, where, random)
}

function objectOf({ properties = {}, required = [] }: Schema, where: Where, random: Random, depth: number): unknown {
  const names = Object.keys(properties).filter((name) => required.includes(name) || random() < 0.4)
  return Object.fromEntries(
    names.map((name) => [name, valueOf(properties[name]!, { ...where, name }, random, depth + 1)]),
  )
}

function numberOf({ minimum, exclusiveMinimum, maximum }: Schema, random: Random): number {
  const low = minimum ?? exclusiveMinimum ?? -1_000
  const high = Math.min(maximum ?? low + 2_000, low + 1e6)
  if (random() < 0.15) return low
  if (random() < 0.15) return high
  return low + random() * (high - low)
}

function textOf(schema: Schema, where: Where, random: Random): string {
  const { format, pattern, minLength = 0, maxLength = 60 } = schema
  const { name } = where
  const found = known(where, random)
  const isNamed = where.from !== null || ['id', 'token', 'tokens', 'cursor'].includes(name)
  const isFit = found !== null && (pattern === undefined || matches(pattern, found))
  if (isFit && random() < (isNamed ? 0.85 : 0.2)) return found
  if (Object.hasOwn(fewOf, name) && random() < 0.9) return oneOf(random, fewOf[name]!)
  if (format === 'uuid') return '00000000-0000-7000-8000-000000000000'
  if (format === 'date-time' || pattern?.includes('T'))
    return new Date(Math.floor(1.7e12 + random() * 1e11)).toISOString()
  if (format === 'email') return `somebody-${Math.floor(random() * 1e6)}@example.com`
  if (format === 'uri') return 'https://example.com/hook'
  if (pattern?.includes('\\d')) return String(Math.round(random() * 1e6) / 10 ** Math.floor(random() * 8))
  const formed = pattern === undefined ? [] : samples.filter((text) => matches(pattern, text))
  if (formed.length > 0 && random() < 0.9) return oneOf(random, formed)
  if (random() < 0.7) return oneOf(random, words)
  const length = Math.min(minLength + Math.floor(random() * 20), maxLength)
  return Array.from({ length }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('')
}

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown

/** What nobody should send, and somebody will. */
export const hostile: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  -1e308,
  Number.MAX_SAFE_INTEGER + 2,
  0.1 + 0.2,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '￾‮',
  'é'.repeat(300),
  'A'.repeat(5_000),
  '😀'.repeat(100),
  "' or 1=1 --",
  '1; drop table ledger; --',
  '${jndi:ldap://127.0.0.1/x}',
  '../../../../etc/passwd',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '=cmd|calc!A0',
  'NaN',
  'Infinity',
  '1e999',
  '-0',
  '0x10',
  '9'.repeat(400),
  '2026-02-30T25:61:61Z',
  '+275760-09-13T00:00:00.001Z',
  'constructor',
  '__proto__',
  'toString',
  '%00',
  '%ff%fe',
  [],
  {},
  [[[[[]]]]],
  { length: 1e9 },
  { $gt: '' },
  { toString: 'x' },
  nested(200),
]
