import { Failure } from '@pumpiq/domain'
import type { Config } from '../config.ts'
import type { Secret } from '../platform/secret.ts'
import { type ModelPrice, free, knownPrices, priceOf } from './prices.ts'
import { hostOf } from './hosts.ts'

/** Which model is asked, where and for how much. */
export type ModelSettings = {
  readonly model: string
  /** Asked once the vendor has switched the first one off; null: none. */
  readonly successor: string | null
  /** Without a slash at its end; `/chat/completions` and `/models/ID` are asked below it. */
  readonly baseUrl: string
  /** Null where the server asks for none. */
  readonly key: Secret | null
  /** What may be spent in a UTC day by the whole installation. */
  readonly usdPerDay: number
  /** What the operator says the model costs; null: the table is asked. */
  readonly price: ModelPrice | null
}

export const openaiBaseUrl = 'https://api.openai.com/v1'
const defaultModel = 'gpt-4o'
const defaultSuccessor = 'gpt-6-luna'

/** Null without a key and without a base URL: there is no model. Successors are chosen by us for the vendor's own endpoint alone. */
export function modelSettings(config: Config): ModelSettings | null {
  if (config.modelKey === null && config.modelBaseUrl === null) return null
  const baseUrl = config.modelBaseUrl ?? openaiBaseUrl
  const ownSuccessor = hostOf(baseUrl).name === 'OpenAI' ? defaultSuccessor : null
  return {
    model: config.model ?? defaultModel,
    successor: config.modelSuccessor ?? ownSuccessor,
    baseUrl,
    key: config.modelKey,
    usdPerDay: config.modelUsdPerDay,
    price: config.modelPrice,
  }
}

/** Who reads documents: the successor where it is known to be the cheaper one, for there are many documents and little to weigh in each. */
export function readerSettings(settings: ModelSettings): ModelSettings {
  const { model, successor } = settings
  const [own, other] = [priceOf(model), successor === null ? null : priceOf(successor)]
  if (successor === null || settings.price || !own || !other || other.output >= own.output) return settings
  return { ...settings, model: successor, successor: null }
}

/** Whether nothing can come to be paid: a server of one's own, and no model that has a price. */
export const billsNobody = (settings: ModelSettings): boolean =>
  hostOf(settings.baseUrl).isLocal &&
  [settings.model, settings.successor].every((id) => id === null || priceAt(settings, id).output === 0)

/**
 * What a model costs where it is asked: as the operator says, else by the table, since a gateway of one's own passes the vendor's bill on,
 * else nothing on a server that is not a vendor's. The vendors whose bill we know to come refuse (invalid) a model without a price: its
 * spending could not be bounded.
 */
export function priceAt(settings: ModelSettings, model: string): ModelPrice {
  const host = hostOf(settings.baseUrl)
  if (settings.price && (model === settings.model || priceOf(model) === null)) return settings.price
  const known = priceOf(model)
  if (known) return known
  if (host.isLocal) return free
  if (host.unknownPrice !== 'refuse') return host.unknownPrice
  throw new Failure(
    'invalid',
    `the price of model ${model} is not known, so its spending cannot be bounded: known are ${knownPrices.join(', ')}; ` +
      'PUMPIQ_MODEL_PRICE=INPUT/CACHED/OUTPUT says it in US dollars per million tokens',
  )
}
