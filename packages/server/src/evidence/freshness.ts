import { freshnessOf, seconds, minutes, systemSettings, type Freshness, type Kind } from '@pumpiq/domain'

/** What counts where nobody has settings. */
export const usualFreshness: Freshness = freshnessOf(systemSettings)

/** After so long what is known of a kind is asked again, where somebody needs it. */
export const refreshMs: Readonly<Record<Kind, number>> = usualFreshness.refreshMs

/** Between two looks for what is stale: the soonest that anybody may want a kind asked again. */
export const lookEveryMs: Readonly<Record<Kind, number>> = {
  news: minutes(1),
  onchain: minutes(1),
  technical: seconds(30),
  social: minutes(1),
}
