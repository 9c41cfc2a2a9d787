import { hazardCheck } from './told.ts'

/** A balance of nothing sells nothing. */
export const balanceChangeable = hazardCheck({
  id: 'balance-changeable',
  label: 'balances can be changed',
  see: 'GoPlus: owner_change_balance',
  chains: 'evm',
  dangers: ['balanceChangeable'],
  bad: 'the owner can change balances',
  good: 'the owner cannot change balances',
})
