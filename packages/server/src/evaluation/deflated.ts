import { Failure, mean, normalCdf } from '@pumpiq/domain'

/** The normal value below which a share lies: bisection on the distribution function, to about 1e-12. */
export function normalQuantile(share: number): number {
  if (!(share > 0 && share < 1)) throw new Failure('invalid', `share must be above 0 and below 1, not ${share}`)
  let [low, high] = [-40, 40]
  while (high - low > 1e-12) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (normalCdf(middle) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Shape of a series of results: Sharpe ratio of one result (mean over standard deviation), skewness and kurtosis (3 is normal). */
export type Shape = { readonly n: number; readonly sharpe: number; readonly skew: number; readonly kurtosis: number }

/** Null where nothing varies or there are fewer than three. */
export function shapeOf(results: readonly number[]): Shape | null {
  const n = results.length
  if (n < 3) return null
  const centre = mean(results)
  const moment = (power: number) => mean(results.map((one) => (one - centre) ** power))
  const variance = moment(2)
  if (!(variance > 0)) return null
  const sd = Math.sqrt((variance * n) / (n - 1))
  return { n, sharpe: centre / sd, skew: moment(3) / variance ** 1.5, kurtosis: moment(4) / variance ** 2 }
}

const eulerMascheroni = 0.577_215_664_901_532_9

/**
 * The Sharpe ratio that the best of so many tries without any skill is expected to show, where tries spread by `variance`: Bailey and
 * Lopez de Prado, The Deflated Sharpe Ratio, Journal of Portfolio Management 40(5), 2014, equation 1 of its appendix.
 */
export function luckySharpe(tries: number, variance: number): number {
  if (tries <= 1) return 0
  const one = normalQuantile(1 - 1 / tries)
  const other = normalQuantile(1 - 1 / (tries * Math.E))
  return Math.sqrt(variance) * ((1 - eulerMascheroni) * one + eulerMascheroni * other)
}

/**
 * The deflated Sharpe ratio of the same paper: the probability that the true Sharpe ratio is above 0, given that this was one of many
 * tries, the length of the series, its skewness and its fat tails.
 */
export function deflatedSharpe({ n, sharpe, skew, kurtosis }: Shape, threshold: number): number {
  const spread = Math.sqrt(Math.max(1e-12, 1 - skew * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2))
  return normalCdf(((sharpe - threshold) * Math.sqrt(n - 1)) / spread)
}
