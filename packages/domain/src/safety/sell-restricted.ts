import { hazardCheck } from './told.ts'

/** Bought is not sold. */
export const sellRestricted = hazardCheck({
  id: 'sell-restricted',
  label: 'sales are restricted',
  see: 'GoPlus: cannot_sell_all, cannot_buy, non_transferable',
  chains: 'all',
  dangers: ['sellRestricted'],
  bad: 'holders cannot sell all that they hold',
  good: 'holders can sell all that they hold',
})
