/** US dollars per million tokens. */
export type ModelPrice = {
  readonly input: number
  readonly cachedInput: number
  readonly output: number
  /** What is put into the vendor's cache, where that costs more than reading it anew. */
  readonly cacheWrite?: number
}

/** Tokens as a vendor counts them; `cachedInput` and `cacheWrite` are parts of `input`. */
export type Usage = {
  readonly input: number
  readonly cachedInput: number
  readonly cacheWrite: number
  readonly output: number
}

/** The list of the vendor (developers.openai.com, pricing, standard tier) as of October 2026. */
const table: Readonly<Record<string, ModelPrice>> = {
  'gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10 },
  'gpt-4o-mini': { input: 0.15, cachedInput: 0.075, output: 0.6 },
  'gpt-5.6-luna': { input: 0.2, cachedInput: 0.02, output: 1.2 },
  'gpt-5.6-terra': { input: 2, cachedInput: 0.2, output: 12 },
  'gpt-5.6-sol': { input: 4, cachedInput: 0.4, output: 20 },
  'gpt-6-luna': { input: 0.1, cachedInput: 0.01, output: 0.5, cacheWrite: 0.125 },
  'gpt-6-sol': { input: 2, cachedInput: 0.2, output: 10 },
  'gpt-6-astra': { input: 10, cachedInput: 1, output: 50 },
  'gpt-6.1-sol': { input: 2, cachedInput: 0.1, output: 10 },
  'gpt-6.1-terra': { input: 1, cachedInput: 0.05, output: 5 },
}

export const knownPrices: readonly string[] = Object.keys(table)
export const free: ModelPrice = { input: 0, cachedInput: 0, output: 0 }
/** No model of the table costs more: what is set aside for one whose price only its reply tells. */
export const dearest: ModelPrice = table['gpt-6-astra']!

/** A model's name without its seller, its date and its variant: `openai/gpt-4o-2024-08-06:nitro` is `gpt-4o`. */
export const plainName = (model: string): string =>
  model
    .slice(model.lastIndexOf('/') + 1)
    .replace(/:[\w-]+$/, '')
    .replace(/-\d{4}-\d{2}-\d{2}$/, '')

/** By the table; null: not known. */
export function priceOf(model: string): ModelPrice | null {
  if (model.endsWith(':free')) return free
  const name = plainName(model)
  return Object.hasOwn(table, name) ? table[name]! : null
}

/** Money is counted in whole billionths of a dollar: a cached token of the cheapest model costs ten. */
const nanoPerDollar = 1e9
export const toUsd = (nano: number): number => nano / nanoPerDollar
/** Rounded up, so that what is counted is never less than what is spent; what floating point adds at the end is none of it. */
export const toNano = (usd: number): number => Math.max(0, Math.ceil(usd * nanoPerDollar - 1e-6))

/** From so many input tokens on the vendor takes more for all of them. */
const longFrom = 272_000

/** What tokens cost, in billionths of a dollar. */
export function costNano(usage: Usage, price: ModelPrice): number {
  const { inputFactor, outputFactor } =
    usage.input > longFrom ? { inputFactor: 2, outputFactor: 1.5 } : { inputFactor: 1, outputFactor: 1 }
  const plain = Math.max(0, usage.input - usage.cachedInput - usage.cacheWrite)
  const input =
    plain * price.input + usage.cachedInput * price.cachedInput + usage.cacheWrite * (price.cacheWrite ?? price.input)
  return toNano((input * inputFactor + usage.output * price.output * outputFactor) / 1e6)
}

/** The most that so many tokens can cost: nothing cached, all of it written to the cache where that is dearer. */
export function mostNano(tokens: { readonly input: number; readonly output: number }, price: ModelPrice) {
  const dear = { ...price, input: Math.max(price.input, price.cacheWrite ?? 0) }
  const usage = { cachedInput: 0, cacheWrite: 0 }
  const input = costNano({ ...usage, input: tokens.input, output: 0 }, dear)
  return { input, output: costNano({ ...usage, input: tokens.input, output: tokens.output }, dear) - input }
}
