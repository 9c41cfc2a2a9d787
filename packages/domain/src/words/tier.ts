import { z } from 'zod'

/** What an account may use, from least to most. */
export const Tier = z.enum(['free', 'basic', 'premium', 'pro'])
export type Tier = z.output<typeof Tier>

export type TierLimits = {
  readonly perMinute: number
  readonly perHour: number
  readonly perDay: number
  /** How many streams may be open at once. */
  readonly streams: number
}

/** Requests that are answered, in each of three windows, and lines that are kept open. */
export const tierLimits: Readonly<Record<Tier, TierLimits>> = {
  free: { perMinute: 60, perHour: 1_000, perDay: 10_000, streams: 5 },
  basic: { perMinute: 120, perHour: 5_000, perDay: 50_000, streams: 10 },
  premium: { perMinute: 300, perHour: 20_000, perDay: 200_000, streams: 50 },
  pro: { perMinute: 600, perHour: 50_000, perDay: 500_000, streams: 200 },
}

/** Whether a tier has all that another has. */
export const isTierAtLeast = (tier: Tier, least: Tier): boolean =>
  Tier.options.indexOf(tier) >= Tier.options.indexOf(least)
