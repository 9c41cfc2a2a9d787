import { Failure } from '../words/failure.ts'
import { price } from '../words/price.ts'
import { Followed } from './outcome.ts'

/**
 * A document as somebody wrote it (a minimal object, a recommendation, a line of the ledger's export) to what can be followed. Extra keys
 * are allowed, prices are brought into their one form; a missing or malformed field is named with its value and what is allowed.
 */
export function followedOf(document: unknown): Followed {
  const found = recommendationIn(document)
  if (typeof found['abstained'] === 'string')
    throw new Failure(
      'invalid',
      `abstained is ${JSON.stringify(found['abstained'])}: no call was made, there is nothing to follow`,
    )
  const parsed = Followed.safeParse(plainPrices(found))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], found)
  const field =
    issue.path
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
      .join('')
      .replace(/^\./, '') || 'recommendation'
  const allowed = field === 'type' ? 'type must be BUY, SELL, HOLD or AVOID' : `${field}: ${issue.message}`
  throw new Failure(
    'invalid',
    value === undefined ? `${field} is missing (${allowed})` : `${allowed}, not ${JSON.stringify(value)}`,
  )
}

type Loose = Record<string, unknown>
const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object with the call in it: the document itself, or what a ledger line or a body wraps. */
function recommendationIn(document: unknown): Loose {
  if (!isLoose(document))
    throw new Failure(
      'invalid',
      `a recommendation is a JSON object, not ${Array.isArray(document) ? 'a list' : JSON.stringify(document)}`,
    )
  if ('type' in document) return document
  for (const wrapper of ['body', 'recommendation', 'document'])
    if (isLoose(document[wrapper])) return recommendationIn(document[wrapper])
  return document
}

const priceFields = new Set(['price', 'low', 'high', 'stopLoss'])

/** Needless zeros and exponents are a matter of form ("100.0"); what is no decimal at all is left for the schema to refuse. */
function plainPrices(value: unknown, key = ''): unknown {
  if (typeof value === 'string' && priceFields.has(key))
    return /^[+-]?[\d.]+([eE][+-]?\d{1,3})?$/.test(value.trim()) ? tryPrice(value) : value
  if (Array.isArray(value)) return value.map((item) => plainPrices(item))
  return isLoose(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainPrices(member, name)]))
    : value
}

const tryPrice = (text: string): string => (/\d/.test(text) && !/\..*\./.test(text) ? price(text) : text)
