import { days } from '@pumpiq/domain'
import { plainName } from './prices.ts'

/** Days on which models are switched off, announced by their vendor by October 2026. */
const announced: Readonly<Record<string, readonly string[]>> = {
  '2026-10-23': ['gpt-4.1-nano', 'o4-mini', 'o3-mini', 'o1', 'gpt-4', 'gpt-4-turbo', 'gpt-3.5-turbo'],
  '2026-12-11': ['gpt-5', 'gpt-5-mini', 'gpt-5-nano', 'o3'],
  '2027-01-14': ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini'],
  '2027-04-01': ['gpt-5.1', 'gpt-5.4-nano'],
}

/** From so long before the day on it is warned of. */
const warnedMs = days(60)

/** The UTC day, `YYYY-MM-DD`, on which a model of OpenAI is switched off; null: none is announced. */
export function announcedShutdown(model: string): string | null {
  const name = plainName(model)
  return Object.entries(announced).find(([, names]) => names.includes(name))?.[0] ?? null
}

export const utcDay = (at: number): string => new Date(at).toISOString().slice(0, 10)
export const nextUtcDay = (at: number): number => Date.parse(`${utcDay(at)}T00:00:00.000Z`) + days(1)

/** On its last day a model is not asked any more: the hour is nowhere told. */
export const isOver = (shutdown: string | null, at: number): boolean => shutdown !== null && utcDay(at) >= shutdown

export const isNear = (shutdown: string | null, at: number): boolean =>
  shutdown !== null && !isOver(shutdown, at) && Date.parse(`${shutdown}T00:00:00.000Z`) - at <= warnedMs
