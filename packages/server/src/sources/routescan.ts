import { days, hours, seconds, type Observation, type Token } from '@pumpiq/domain'
import type { z } from 'zod'
import {
  faultOfTransfers,
  listed,
  readEtherscanError,
  told,
  Transfer,
  transactionsOfDay,
  Whole,
} from './etherscan-like.ts'
import { quotient } from './exact.ts'
import { figuresOf, toldOf } from './seen.ts'
import type { Source } from './source.ts'
import { evmChains, isEvmToken, type EvmChain, type WatchAsk } from './watch.ts'

const host = 'https://api.routescan.io/v2/network/mainnet/evm'
const rowsAtMost = 100

export const routescan: Source = {
  id: 'routescan',
  docs: 'https://routescan.io/documentation',
  key: 'none',
  // Its answers count 300 a minute and 100,000 a day; we stay at half of both.
  budget: { calls: 5, perMs: seconds(2) },
  quota: { calls: 50_000, perMs: days(1) },
  timeoutMs: seconds(10),
  readError: readEtherscanError,
  feeds: {},
  watches: [
    { name: 'transfers', kind: 'onchain', about: 'token', calls: 2, freshMs: hours(1), serves, see: transfers },
  ],
}

/** Base it said not to serve. */
function serves(token: Token): boolean {
  return isEvmToken(token) && token.chain !== 'base'
}

/** The supply, and how often the token moved within a day as far as the newest rows reach back. */
async function transfers({ token, now, get, abort }: WatchAsk & { token: Token }): Promise<Observation[]> {
  const base = `${host}/${evmChains[token.chain as EvmChain].number}/etherscan/api`
  const page = `contractaddress=${token.address}&page=1&offset=${rowsAtMost}&sort=desc`
  const check = (rows: readonly z.output<typeof Transfer>[]) => faultOfTransfers(rows, token.address, now)
  const moved = await get.timed(`${base}?module=account&action=tokentx&${page}`, listed(Transfer), { check, abort })
  const [newest] = moved.body
  if (!newest) return []
  const ofSupply = `${base}?module=stats&action=tokensupply&contractaddress=${token.address}`
  const { result } = await get(ofSupply, told(Whole), { abort })
  return figuresOf(toldOf(routescan.id, token.id, moved), {
    supply: quotient(result, 1n, -newest.tokenDecimal),
    transactions24h: transactionsOfDay(moved.body, rowsAtMost, now),
  })
}
