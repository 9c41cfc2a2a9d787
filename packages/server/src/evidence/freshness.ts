import { minutes, seconds, type Kind } from '@pumpiq/domain'

/** After so long what is known of a kind is asked again, where somebody needs it. */
export const refreshMs: Readonly<Record<Kind, number>> = {
  news: minutes(5),
  onchain: minutes(10),
  technical: minutes(1),
  social: minutes(3),
}

/** For so long an answer may be decided on where no newer one could be had. */
export const ttlMs: Readonly<Record<Kind, number>> = {
  news: minutes(10),
  onchain: minutes(15),
  technical: minutes(5),
  social: seconds(450),
}
