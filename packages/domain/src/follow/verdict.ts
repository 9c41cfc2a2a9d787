import type { BaselineRow } from './baseline-tally.ts'

/** Backtested calls are hypothetical, and are called so. */
type Of = 'backtest' | 'live'

/** One sentence on whether the calls beat buying at the same fills and holding over the same windows. */
export function verdictOn(rows: readonly BaselineRow[], of: Of): string {
  const calls = rows.find(({ id }) => id === 'calls')
  const holding = rows.find(({ id }) => id === 'buy-and-hold')
  if (!calls || !holding || calls.meanReturnNetPct === null || holding.leadPct === null) {
    return `Too few closed calls to compare with buy and hold (${calls?.n ?? 0}).`
  }
  const { leadPct, leadLow, leadHigh } = holding
  const by = `${signed(leadPct)} % a call${leadLow === null || leadHigh === null ? '' : `, 95 % interval ${signed(leadLow)} to ${signed(leadHigh)}`}`
  const lost = calls.meanReturnNetPct <= 0 ? ' The calls lost money after costs.' : ''
  if (leadPct <= 0) return `Not better than buy and hold (${by}).${lost}`
  if (leadLow === null || leadLow <= 0) return `Not shown to be better than buy and hold (${by}).${lost}`
  const promise = of === 'backtest' ? 'hypothetical, and no promise' : 'what was is no promise'
  return `Better than buy and hold on these windows (${by}); ${promise}.${lost}`
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(3)}`
