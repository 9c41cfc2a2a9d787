import { hazardCheck } from './told.ts'

/** Whoever can make more can sell them into the pool. */
export const mintAuthority = hazardCheck({
  id: 'mint-authority',
  label: 'new tokens can be made',
  see: 'SPL Token: mint authority; GoPlus: is_mintable',
  chains: 'all',
  dangers: ['mintable'],
  bad: 'more tokens can be minted at will',
  good: 'nobody can mint more',
})
