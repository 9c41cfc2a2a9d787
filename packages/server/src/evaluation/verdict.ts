import type { Result } from './report.ts'

/** What one row came to, in a sentence or two: what speaks against it first. Better is said only where every test says so. */
export function verdictOf(label: string, result: Result, tries: number): string {
  const { r, decided } = result
  if (result.calls === 0)
    return `${label}: made no call in ${result.decisions} instants: what was recorded of it never reached the threshold.`
  if (r.value === null || r.low === null || r.high === null)
    return `${label}: nothing can be said (${decided} closed calls; ${r.note}).`
  const span = `${signed(r.value)} R a call, 95 % ${signed(r.low)} to ${signed(r.high)}, n ${r.n}, worth ${r.effectiveN}`
  const faults = faultsOf(result, tries)
  if (r.high < 0) return `${label}: lost money after costs (${span}). ${sentence(faults)}`.trim()
  if (faults.length > 0) return `${label}: not shown to have an edge (${span}). ${sentence(faults)}`
  return `${label}: better than nothing, than its coins and than holding in this record (${span}; ${tries} tries reckoned with). Hypothetical, and no promise.`
}

/** Which tests it fails; one that could not be made is one that it does not pass. */
function faultsOf({ r, coins, sharpe, lead, baselines }: Result, tries: number): string[] {
  const faults: string[] = []
  if (r.wideLow === null) faults.push(`no interval for ${tries} tries could be made`)
  else if (r.wideLow <= 0)
    faults.push(
      `its interval for ${tries} tries (${signed(r.wideLow)} to ${signed(r.wideHigh!)}) ${r.wideHigh! < 0 ? 'lies below 0' : 'holds 0'}`,
    )
  if (!sharpe) faults.push('no deflated Sharpe ratio could be made')
  else if (sharpe.probability < 0.95)
    faults.push(`its deflated Sharpe ratio is ${sharpe.probability.toFixed(2)}, where 0.95 is asked`)
  if (!coins) faults.push('it could not be held against coins with as many BUYs and SELLs')
  else if (coins.inRuns.percentile < 95)
    faults.push(
      `not shown to be better than coins with as many BUYs and SELLs (percentile ${coins.inRuns.percentile.toFixed(0)})`,
    )
  faults.push(...againstHolding(baselines))
  // The row that the others are held against has no lead over itself.
  if (lead && (lead.low === null || lead.low <= 0))
    faults.push(
      lead.value !== null && lead.high !== null && lead.high < 0
        ? 'worse than technical alone'
        : 'not shown to be better than technical alone',
    )
  return faults
}

function againstHolding(baselines: Result['baselines']): string[] {
  const holding = baselines.find(({ id }) => id === 'buy-and-hold')
  if (holding?.leadPct == null) return ['it could not be held against buy and hold']
  const shown = `(${signed(holding.leadPct)} % a call)`
  if (holding.leadPct <= 0) return [`not better than buy and hold on its windows ${shown}`]
  if (holding.leadLow === null || holding.leadLow <= 0)
    return [`not shown to be better than buy and hold on its windows ${shown}`]
  return []
}

const sentence = (faults: readonly string[]): string => {
  const joined = faults.join('; ')
  return joined === '' ? '' : `${joined[0]!.toUpperCase()}${joined.slice(1)}.`
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(3)}`
