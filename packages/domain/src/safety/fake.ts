import { hazardCheck } from './told.ts'

/** A name is free to copy. */
export const fake = hazardCheck({
  id: 'fake',
  label: 'counterfeit',
  see: 'GoPlus: fake_token, is_airdrop_scam, trust_list',
  chains: 'all',
  dangers: ['fake'],
  bad: 'it is a counterfeit or bait',
  good: 'it is what it seems',
})
