import { days, toIso } from '../words/time.ts'
import { Failure } from '../words/failure.ts'
import type { Kernel } from './kernel.ts'
import { streamed } from './blocks/streamed.ts'

/** Where the average begins: at the first bar given, anew with each UTC day, or at the first bar that opens at or after an instant. */
export type VwapAnchor = 'start' | 'session' | { readonly fromAt: number }

const see = 'Berkowitz, Logue and Noser 1988: sum of typical price times volume over sum of volume'

/** Volume-weighted average of the typical price since its anchor, in price units; NaN before the anchor and until something was traded. */
export function vwap(anchor: VwapAnchor = 'start'): Kernel {
  const fromAt = typeof anchor === 'object' ? anchor.fromAt : 0
  if (!Number.isSafeInteger(fromAt) || fromAt < 0) {
    throw new Failure('invalid', `vwap: anchor must be an instant in epoch milliseconds, not ${fromAt}`)
  }
  const text = typeof anchor === 'object' ? `:${toIso(fromAt)}` : anchor === 'session' ? ':session' : ''
  const sessionMs = anchor === 'session' ? days(1) : Number.POSITIVE_INFINITY
  return streamed({ id: `vwap${text}`, outputs: ['value'], warmup: 0, see }, () => {
    const running = { flow: Number.NaN, volume: Number.NaN, session: Number.NaN }
    return {
      next({ openAt, high, low, close, volume }, i, out) {
        const session = Math.floor(openAt[i]! / sessionMs)
        if (session !== running.session) {
          running.session = session
          running.flow = 0
          running.volume = 0
        }
        if (openAt[i]! >= fromAt) {
          running.flow += ((high[i]! + low[i]! + close[i]!) / 3) * volume[i]!
          running.volume += volume[i]!
        }
        out[0] = running.volume > 0 ? running.flow / running.volume : Number.NaN
      },
    }
  })
}
