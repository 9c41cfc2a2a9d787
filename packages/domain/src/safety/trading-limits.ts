import { hazardCheck } from './told.ts'

/** A limit that can be set to nothing, or a pause that does not end, is a honeypot in waiting. */
export const tradingLimits = hazardCheck({
  id: 'trading-limits',
  label: 'trades can be held up',
  see: 'GoPlus: trading_cooldown, anti_whale_modifiable',
  chains: 'evm',
  dangers: ['tradingCooldown', 'limitsChangeable'],
  bad: 'trades can be delayed or limited',
  good: 'trades can be neither delayed nor limited',
})
