import { costRatioPerSide, firstAtOrAfter, type Candles, type Costs, type Plan } from '@pumpiq/domain'

type Bar = { openAt: number; open: number; high: number; low: number; close: number }
type Trade = { fill: number; risk: number; left: number; proceeds: number; next: number; done: boolean }

/**
 * The plain loop that a backtester is without further thought: a bar object and a callback a bar, a trade object a plan; stop before
 * target, gaps at the open, targets by shares, expiry at the last close. BUY plans whose next bar fills, on candles without holes.
 */
export function followByCallback(candles: Candles, plans: readonly Plan[], costs: Costs): { n: number; sumR: number } {
  const cost = costRatioPerSide(costs)
  let sumR = 0
  for (const plan of plans) {
    if (plan.type !== 'BUY') continue
    const trade: Trade = { fill: 0, risk: 0, left: 1, proceeds: 0, next: 0, done: false }
    const onBar = strategyOf(plan, trade)
    let last = 0
    for (let i = firstAtOrAfter(candles, plan.issuedAt); i < candles.length && !trade.done; i++) {
      if (candles.openAt[i]! + candles.intervalMs > plan.expiresAt) break
      const { openAt, open, high, low, close } = candles
      onBar({ openAt: openAt[i]!, open: open[i]!, high: high[i]!, low: low[i]!, close: close[i]! })
      last = close[i]!
    }
    if (!trade.done) leave(trade, trade.left, last)
    sumR += (trade.proceeds - trade.fill - cost * (trade.fill + trade.proceeds)) / trade.risk
  }
  return { n: plans.length, sumR }
}

function strategyOf(plan: Extract<Plan, { type: 'BUY' | 'SELL' }>, trade: Trade): (bar: Bar) => void {
  return (bar) => {
    const entering = trade.fill === 0
    if (entering) {
      trade.fill = bar.open
      trade.risk = Math.abs(bar.open - plan.stop)
    }
    if (bar.low <= plan.stop) return leave(trade, trade.left, Math.min(bar.open, plan.stop))
    while (!trade.done && bar.high >= plan.targets[trade.next]!.price) {
      const { price, share } = plan.targets[trade.next]!
      const final = trade.next === plan.targets.length - 1
      leave(trade, final ? trade.left : share, Math.max(bar.open, price))
      trade.next++
    }
  }
}

function leave(trade: Trade, share: number, price: number): void {
  trade.proceeds += share * price
  trade.left -= share
  if (trade.left < 1e-9) trade.done = true
}
