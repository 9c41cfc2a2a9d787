import { hazardCheck } from './told.ts'

/** Whoever did it once does it again. */
export const maker = hazardCheck({
  id: 'maker',
  label: 'maker of frauds',
  see: 'GoPlus: honeypot_with_same_creator, malicious_address; RugCheck: creator history',
  chains: 'all',
  dangers: ['makerKnownBad'],
  bad: 'its maker is known for frauds',
  good: 'nothing is known against its maker',
})
