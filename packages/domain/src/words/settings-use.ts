import { kinds } from './kind.ts'
import { weightsOf, type Profile } from './profile.ts'
import { systemSettings, type Settings } from './settings.ts'
import type { TokenForm } from './token.ts'

/** What a profile bears only where it is not as usual: a profile as usual is that of before there were settings, byte for byte. */
export function profileOfSettings(settings: Settings, usual: Settings = systemSettings): Profile {
  const { mode, weights, riskTolerance, timeframe, portfolio, costs, trading, model } = settings
  const freshness = freshnessOf(settings)
  const isUsual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  return {
    riskTolerance,
    timeframe,
    mode,
    weights: weightsOf(mode, weights),
    portfolioQuote: portfolio.quote,
    costs,
    ...(!isUsual(trading, systemSettings.trading) && { limits: trading }),
    ...(!isUsual(freshness, freshnessOf(usual)) && { freshness }),
    ...(!isUsual(model, systemSettings.model) && { sampling: model }),
  }
}

export type Freshness = NonNullable<Profile['freshness']>

/** How fresh evidence is kept and must be, by kind. */
export function freshnessOf({ refreshMs, ttlMs }: Settings): Freshness {
  const byKind = (all: Freshness['refreshMs']) => Object.fromEntries(kinds.map((kind) => [kind, all[kind]]))
  return { refreshMs: byKind(refreshMs), ttlMs: byKind(ttlMs) } as Freshness
}

/** What a user wants to have chosen for him. */
export type Wishes = Pick<Settings, 'maxRecommendations' | 'minConfidence' | 'tokens'>

export const wishesOfSettings = ({ maxRecommendations, minConfidence, tokens }: Settings): Wishes => ({
  maxRecommendations,
  minConfidence,
  tokens,
})

/** What is known of a token that wishes ask about; null is not known. */
export type TokenTraits = {
  readonly form: TokenForm
  /** The catalogue of the largest tokens has a place for it. */
  readonly ranked: boolean
  readonly catalogueId: string | null
  readonly marketCapUsd: number | null
  readonly liquidityUsd: number | null
  readonly holders: number | null
  readonly ageMs: number | null
  /** Progress of its bonding curve, 0 to 1; null where it is on none. */
  readonly curveRatio: number | null
}

const least = (what: string, value: number | null, bound: number, mustBeKnown: boolean): string | null => {
  if (bound <= 0) return null
  if (value === null) return mustBeKnown ? `its ${what} is not known, and at least ${bound} is asked for` : null
  return value < bound ? `its ${what} of ${value} is below ${bound}` : null
}

/**
 * Why a token is not among those wished for, or null. What is not known of a contract is no pass; of coins of their own chain, and of what the
 * catalogue ranks, pools, holders and age need not be known.
 */
export function unwishedToken(wished: Settings['tokens'], traits: TokenTraits): string | null {
  const { marketCapUsd, liquidityUsd, holders, ageMs, curveRatio } = traits
  const strict = traits.form === 'contract' && !traits.ranked
  const curvePct = curveRatio === null ? null : curveRatio * 100
  const most = wished.maxMarketCapUsd
  return (
    least('market capitalisation', marketCapUsd, wished.minMarketCapUsd, strict) ??
    (most !== null && marketCapUsd !== null && marketCapUsd > most
      ? `its market capitalisation of ${marketCapUsd} is above ${most}`
      : null) ??
    (most !== null && marketCapUsd === null && strict ? 'its market capitalisation is not known' : null) ??
    least('liquidity', liquidityUsd, wished.minLiquidityUsd, strict) ??
    least('number of holders', holders, wished.minHolders, strict) ??
    least('age in hours', ageMs === null ? null : ageMs / 3_600_000, wished.minAgeHours, strict) ??
    (curvePct !== null && (curvePct < wished.minBondingCurvePct || curvePct > wished.maxBondingCurvePct)
      ? `its bonding curve at ${curvePct.toFixed(1)} % is outside of ${wished.minBondingCurvePct} to ${wished.maxBondingCurvePct} %`
      : null) ??
    (wished.excludeMemes && isMeme(traits) ? 'it is a meme coin' : null)
  )
}

/** Whether its place on the bonding curve is one that is preferred: such tokens come first. */
export const isPreferredToken = (
  { preferredBondingCurvePct: range }: Settings['tokens'],
  { curveRatio }: TokenTraits,
): boolean => range !== null && curveRatio !== null && curveRatio * 100 >= range[0] && curveRatio * 100 <= range[1]

/** Why a call is not among those wished for, or null. What has no confidence passes where none is asked for. */
export function unwishedCall({ minConfidence }: Wishes, confidence: { readonly value: number } | null): string | null {
  if (minConfidence <= 0) return null
  if (!confidence) return `it has no confidence, and at least ${minConfidence} is asked for`
  return confidence.value < minConfidence ? `its confidence of ${confidence.value} is below ${minConfidence}` : null
}

/** Coins of jest that the catalogue ranks, by its own ids. */
const memes: ReadonlySet<string> = new Set(
  'dogecoin shiba-inu pepe bonk dogwifcoin floki official-trump brett popcat fartcoin spx6900 mog-coin turbo baby-doge-coin book-of-meme cat-in-a-dogs-world memecore moo-deng gigachad-2'.split(
    ' ',
  ),
)

const isMeme = ({ catalogueId, curveRatio }: TokenTraits): boolean =>
  curveRatio !== null || (catalogueId !== null && memes.has(catalogueId))
