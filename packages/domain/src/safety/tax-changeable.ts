import { hazardCheck } from './told.ts'

/** A tax of nothing today can be all of it tomorrow. */
export const taxChangeable = hazardCheck({
  id: 'tax-changeable',
  label: 'taxes can be changed',
  see: 'GoPlus: slippage_modifiable, transfer_fee_upgradable',
  chains: 'all',
  dangers: ['taxChangeable'],
  bad: 'taxes on trades can be changed at will',
  good: 'taxes on trades cannot be changed',
})
