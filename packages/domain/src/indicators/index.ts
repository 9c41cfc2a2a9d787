import { Failure } from '../words/failure.ts'
import { fromIso } from '../words/time.ts'
import { adx } from './adx.ts'
import { aroon } from './aroon.ts'
import { atr } from './atr.ts'
import { bbands } from './bbands.ts'
import { cci } from './cci.ts'
import { donchian } from './donchian.ts'
import { ema } from './ema.ts'
import { er } from './er.ts'
import { ichimoku } from './ichimoku.ts'
import { keltner } from './keltner.ts'
import type { Kernel } from './kernel.ts'
import { macd } from './macd.ts'
import { mfi } from './mfi.ts'
import { obv } from './obv.ts'
import { psar } from './psar.ts'
import { roc } from './roc.ts'
import { rsi } from './rsi.ts'
import { rvol } from './rvol.ts'
import { sma } from './sma.ts'
import { stoch } from './stoch.ts'
import { stochrsi } from './stochrsi.ts'
import { supertrend } from './supertrend.ts'
import { swings } from './swings.ts'
import { vwap } from './vwap.ts'
import { willr } from './willr.ts'
import { wma } from './wma.ts'

export type { Kernel, KernelStream } from './kernel.ts'
export type { VolumeProfile } from './volume-profile.ts'
export type { PriceZone, ZoneSettings } from './zones.ts'
export { volumeProfile } from './volume-profile.ts'
export { zones, zoneSettings } from './zones.ts'
export {
  adx,
  aroon,
  atr,
  bbands,
  cci,
  donchian,
  ema,
  er,
  ichimoku,
  keltner,
  macd,
  mfi,
  obv,
  psar,
  roc,
  rsi,
  rvol,
  sma,
  stoch,
  stochrsi,
  supertrend,
  swings,
  vwap,
  willr,
  wma,
}

type Maker = (...values: number[]) => Kernel
type Entry = { readonly name: string; readonly parameters: readonly string[]; readonly make: Maker }

/** How many numbers a maker takes is what its entry names: `kernelFor` counts before it calls. */
const entry = <Values extends number[]>(
  name: string,
  parameters: readonly string[] & { length: Values['length'] },
  make: (...values: Values) => Kernel,
): Entry => ({
  name,
  parameters,
  make: make as unknown as Maker,
})

const entries: readonly Entry[] = [
  entry('sma', ['period'], sma),
  entry('ema', ['period'], ema),
  entry('wma', ['period'], wma),
  entry('rsi', ['period'], rsi),
  entry('macd', ['fast', 'slow', 'signal'], macd),
  entry('bbands', ['period', 'width'], bbands),
  entry('atr', ['period'], atr),
  entry('adx', ['period'], adx),
  entry('stoch', ['period', 'smoothing', 'signal'], stoch),
  entry('stochrsi', ['rsi', 'stochastic', 'smoothing', 'signal'], stochrsi),
  entry('mfi', ['period'], mfi),
  entry('obv', [], obv),
  entry('cci', ['period'], cci),
  entry('willr', ['period'], willr),
  entry('supertrend', ['period', 'multiplier'], supertrend),
  entry('ichimoku', ['conversion', 'base', 'span'], ichimoku),
  entry('keltner', ['period', 'multiplier', 'atr'], keltner),
  entry('donchian', ['period'], donchian),
  entry('aroon', ['period'], aroon),
  entry('psar', ['step', 'maximum'], psar),
  entry('roc', ['period'], roc),
  entry('rvol', ['period'], rvol),
  entry('er', ['period'], er),
  entry('swings', ['reach'], swings),
]

/** How each indicator is written: `rsi:period`, `vwap`, `vwap:session` ... */
export const indicatorForms: readonly string[] = [
  ...entries.map(({ name, parameters }) => [name, ...parameters].join(':')),
  'vwap',
  'vwap:session',
  'vwap:INSTANT',
]

/**
 * The kernel a text such as `rsi:14`, `macd:12:26:9`, `obv` or `vwap:2023-04-12T00:00:00.000Z` names. There are no defaults: every
 * parameter is written. Throws a Failure that names indicator, parameter, value and what is allowed.
 */
export function kernelFor(text: string): Kernel {
  const [name = '', ...values] = text.trim().split(':')
  if (name === 'vwap') return vwapFor(values)
  const found = entries.find((candidate) => candidate.name === name)
  if (!found) {
    throw new Failure('invalid', `indicator ${JSON.stringify(text)} is unknown; known are ${indicatorForms.join(', ')}`)
  }
  const form = [name, ...found.parameters].join(':')
  if (values.length !== found.parameters.length) {
    throw new Failure(
      'invalid',
      `indicator ${JSON.stringify(text)} has ${values.length} parameters; it is written ${form}`,
    )
  }
  return found.make(...values.map((value, k) => numberFor(value, `${name}: ${found.parameters[k]}`)))
}

function numberFor(text: string, what: string): number {
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) return Number(text)
  throw new Failure('invalid', `${what} must be a plain number such as 14 or 0.02, not ${JSON.stringify(text)}`)
}

function vwapFor(values: readonly string[]): Kernel {
  const anchor = values.join(':')
  if (values.length === 0) return vwap()
  return anchor === 'session'
    ? vwap('session')
    : vwap({ fromAt: fromIso(anchor, 'vwap: anchor (or the word session)') })
}
