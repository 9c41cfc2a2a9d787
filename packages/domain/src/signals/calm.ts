import { clamp } from '../words/numbers.ts'

/** How far reversion may be trusted: in full while ADX is below 20, not at all from 40 on. Unknown trend: half. */
export const calm = (adx: number): number => (Number.isNaN(adx) ? 0.5 : 1 - clamp((adx - 20) / 20, 0, 1))
