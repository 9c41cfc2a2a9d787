import { hours, minutes } from '@pumpiq/domain'

/** How often each timeframe decides on recorded candles unless asked otherwise. */
export const usualEveryMs = { SCALP: minutes(15), DAY_TRADE: hours(1), SWING: hours(4), LONG_TERM: hours(24) } as const
