import { z } from 'zod'
import { Mode, RiskTolerance } from './profile.ts'
import { Timeframe } from './time.ts'

/** Words as others write them, and ours for it. */
const timeframeWords: Readonly<Record<string, Timeframe>> = {
  scalp: 'SCALP',
  scalping: 'SCALP',
  day: 'DAY_TRADE',
  day_trade: 'DAY_TRADE',
  day_trading: 'DAY_TRADE',
  swing: 'SWING',
  swing_trade: 'SWING',
  swing_trading: 'SWING',
  long: 'LONG_TERM',
  long_term: 'LONG_TERM',
}

const riskWords: Readonly<Record<string, RiskTolerance>> = {
  low: 'conservative',
  conservative: 'conservative',
  medium: 'moderate',
  moderate: 'moderate',
  high: 'aggressive',
  aggressive: 'aggressive',
}

const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')

const known = <T extends string>(words: Readonly<Record<string, T>>, text: string): string => {
  const word = plain(text)
  // What we do not know goes on as it was written: the refusal shows it.
  return Object.hasOwn(words, word) ? words[word]! : text
}

const modeWord = (text: string): string => {
  const word = plain(text)
    .replace(/_mode$/, '')
    .replace(/_only$/, '')
  return Mode.options.find((mode) => mode === word || mode === `${word}-only`) ?? text
}

const word = (read: (text: string) => string) => z.string().max(40).overwrite(read)

/** As people and other programs write it (`SWING`, `swing_trading`, `swing`); ours is kept. */
export const TimeframeSaid = word((text) => known(timeframeWords, text)).pipe(Timeframe)
export const RiskToleranceSaid = word((text) => known(riskWords, text)).pipe(RiskTolerance)
export const ModeSaid = word(modeWord).pipe(Mode)
