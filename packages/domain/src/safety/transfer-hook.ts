import { hazardCheck } from './told.ts'

/** What is asked may say no to sales. */
export const transferHook = hazardCheck({
  id: 'transfer-hook',
  label: 'a programme runs at each transfer',
  see: 'Token-2022: transfer hook; GoPlus: transfer_hook',
  chains: 'solana',
  dangers: ['transferHook'],
  bad: 'a programme of the maker is asked at each transfer',
  good: 'there is no transfer hook',
})
