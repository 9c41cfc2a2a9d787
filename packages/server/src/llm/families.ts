import { plainName } from './prices.ts'

/** How a family of models wants to be asked. */
export type Parameters = {
  readonly limit: 'max_tokens' | 'max_completion_tokens'
  /** Null: the family refuses one. */
  readonly temperature: number | null
  /** Absent: as its vendor does. */
  readonly topP?: number
  /** How long it thinks first; null: it knows no such setting. */
  readonly effort: 'none' | 'low' | null
}

/** Evidence is weighed, not embellished. */
const temperature = 0.2

const families: readonly (Parameters & { readonly names: RegExp })[] = [
  // These two always think.
  { names: /^(gpt-6-astra|gpt-6\.1-sol)\b/, limit: 'max_completion_tokens', temperature: null, effort: 'low' },
  // Before 5.1 none was no effort.
  { names: /^(gpt-5(-(mini|nano|pro))?$|o\d)/, limit: 'max_completion_tokens', temperature: null, effort: 'low' },
  { names: /^gpt-[5-9]/, limit: 'max_completion_tokens', temperature: null, effort: 'none' },
]

/** Models of no family that we know, and GPT-4, are asked in the way that every server takes. */
export function parametersOf(model: string): Parameters {
  const name = plainName(model)
  const found = families.find(({ names }) => names.test(name))
  const { limit, effort } = found ?? { limit: 'max_tokens', effort: null }
  return { limit, effort, temperature: found ? found.temperature : temperature }
}

/** How somebody wants to be answered; a family that refuses the one is not sent the other either. */
export type Sampling = { readonly temperature: number; readonly topP: number | null }

export const withSampling = (parameters: Parameters, sampling: Sampling | undefined): Parameters =>
  !sampling || parameters.temperature === null
    ? parameters
    : { ...parameters, temperature: sampling.temperature, ...(sampling.topP !== null && { topP: sampling.topP }) }
