import type { Figure } from '../words/observation.ts'
import type { SafetyCheck } from './check.ts'
import { chainForm, citesOf, eachOf, figuresTold, highest, percent, unknown } from './told.ts'

const mostRatio = 0.1

/** What is kept of each trade. A pass needs what the chain knows: buying and selling on EVM chains, the transfer fee on Solana. */
export const taxes: SafetyCheck = {
  id: 'taxes',
  label: 'taxes on trades',
  see: 'GoPlus: buy_tax, sell_tax; Token-2022: transfer fee; 10 % is a limit of our own',
  chains: 'all',
  check(evidence) {
    const buy = figuresTold(evidence, 'buyTaxRatio')
    const sell = figuresTold(evidence, 'sellTaxRatio')
    const fee = figuresTold(evidence, 'transferFeeRatio')
    const all = [...buy, ...sell, ...fee]
    const cites = citesOf(all)
    const detail = [parts('buying', buy), parts('selling', sell), parts('a transfer', fee)].filter(Boolean).join('; ')
    if ((highest(all) ?? 0) > mostRatio) return { verdict: 'fail', detail, cites }
    const traded = buy.length > 0 && sell.length > 0
    const form = chainForm(evidence.token)
    const enough = form === 'evm' ? traded : form === 'solana' ? fee.length > 0 : traded || fee.length > 0
    return enough ? { verdict: 'pass', detail, cites } : unknown('no source tells all taxes on trades', cites)
  },
}

const parts = (what: string, figures: readonly Figure[]): string =>
  figures.length === 0 ? '' : `${what} costs ${eachOf(figures, percent)}`
