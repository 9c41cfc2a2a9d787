import { days, hours, minutes, seconds, type Observation, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import { mishapFailure } from '../network/mishap.ts'
import { Decimal } from './bars.ts'
import {
  EvmAddress,
  faultOfTransfers,
  listed,
  readEtherscanError,
  told,
  Transfer,
  transactionsOfDay,
  Whole,
} from './etherscan-like.ts'
import { Word } from './evm-words.ts'
import { quotient } from './exact.ts'
import { figuresOf, hazardsOf, toldOf } from './seen.ts'
import type { Source } from './source.ts'
import { evmChains, isEvmToken, isNative, type EvmChain, type WatchAsk } from './watch.ts'

const host = 'https://api.etherscan.io/v2/api'
const etherDecimals = 18
const decimalsAtMost = 77n
/** The most rows that an answer of the free plan holds. */
const rowsAtMost = 1_000

type TokenAsk = WatchAsk & { token: Token }

export const etherscan: Source = {
  id: 'etherscan',
  docs: 'https://docs.etherscan.io/etherscan-v2',
  key: { query: 'apikey', required: true },
  budget: { calls: 3, perMs: seconds(1) },
  quota: { calls: 100_000, perMs: days(1) },
  throttledMs: seconds(1),
  timeoutMs: seconds(10),
  readError: readEtherscanError,
  feeds: {},
  watches: [
    {
      name: 'contract',
      kind: 'onchain',
      about: 'token',
      calls: 5,
      freshMs: hours(2),
      serves: isEvmToken,
      see: contract,
    },
    {
      name: 'transfers',
      kind: 'onchain',
      about: 'token',
      calls: 1,
      freshMs: hours(1),
      serves: isEvmToken,
      see: transfers,
    },
    { name: 'chain', kind: 'onchain', about: 'token', calls: 3, freshMs: minutes(10), serves: isEther, see: chain },
  ],
}

function isEther(token: Token): boolean {
  return token.chain === 'ethereum' && isNative(token)
}

/** One key is for all chains; which of them a plan serves only the answer says. */
function asking({ token, get, abort }: TokenAsk) {
  const chainid = String(evmChains[token.chain as EvmChain].number)
  return <S extends z.ZodType>(
    query: Readonly<Record<string, string>>,
    schema: S,
    check?: (body: z.output<S>) => string | null,
  ) => get.timed(`${host}?${new URLSearchParams({ chainid, ...query })}`, schema, { abort, ...(check && { check }) })
}

const Sources = told(z.array(z.object({ SourceCode: z.string(), Proxy: z.enum(['0', '1']) })).min(1))
const Creations = listed(z.object({ contractAddress: EvmAddress, contractCreator: EvmAddress }))
const Amount = told(Whole)
const Called = z.object({ result: Word })

/** What the contract is, and what its maker still holds of it. */
async function contract(ask: TokenAsk): Promise<Observation[]> {
  const { token } = ask
  const { address } = token
  const of = asking(ask)
  const code = await of({ module: 'contract', action: 'getsourcecode', address }, Sources)
  const supply = await of({ module: 'stats', action: 'tokensupply', contractaddress: address }, Amount)
  const call = { module: 'proxy', action: 'eth_call', to: address, data: '0x313ce567', tag: 'latest' }
  const decimals = (await of(call, Called)).body.result
  if (decimals === null || decimals > decimalsAtMost)
    throw mishapFailure({ source: etherscan.id, mishap: 'absent' }, 'has no ERC-20 contract at this address')
  const [shown] = code.body.result
  const at = toldOf(etherscan.id, token.id, code)
  return [
    ...figuresOf(at, {
      supply: quotient(supply.body.result, 1n, -Number(decimals)),
      developerRatio: await developerRatio(ask, supply.body.result),
    }),
    ...hazardsOf(at, { sourceClosed: shown!.SourceCode === '', upgradeable: shown!.Proxy === '1' }),
  ]
}

/** Null of a contract whose making is not told, and of one without a supply. */
async function developerRatio(ask: TokenAsk, supply: bigint): Promise<number | null> {
  const { address } = ask.token
  const of = asking(ask)
  const query = { module: 'contract', action: 'getcontractcreation', contractaddresses: address }
  const made = (await of(query, Creations)).body.find(
    ({ contractAddress }) => contractAddress.toLowerCase() === address,
  )
  if (!made || supply === 0n) return null
  const held = { module: 'account', action: 'tokenbalance', contractaddress: address, address: made.contractCreator }
  return quotient((await of({ ...held, tag: 'latest' }, Amount)).body.result, supply)
}

/** How often the token moved within a day; of one that moves more often than an answer holds there is no number. */
async function transfers(ask: TokenAsk): Promise<Observation[]> {
  const { token, now } = ask
  const page = { contractaddress: token.address, page: '1', offset: String(rowsAtMost), sort: 'desc' }
  const check = (rows: readonly z.output<typeof Transfer>[]) => faultOfTransfers(rows, token.address, now)
  const answer = await asking(ask)({ module: 'account', action: 'tokentx', ...page }, listed(Transfer), check)
  if (answer.body.length === 0) return []
  const transactions24h = transactionsOfDay(answer.body, rowsAtMost, now)
  if (transactions24h === null)
    throw mishapFailure({ source: etherscan.id, mishap: 'absent' }, `has more than ${rowsAtMost} transfers of a day`)
  return figuresOf(toldOf(etherscan.id, token.id, answer), { transactions24h })
}

const Oracle = told(z.object({ ProposeGasPrice: Decimal }))
const Prices = told(z.object({ ethusd: Decimal }))

/** Ether: what gas costs, how much there is, what it costs. */
async function chain(ask: TokenAsk): Promise<Observation[]> {
  const of = asking(ask)
  const gas = await of({ module: 'gastracker', action: 'gasoracle' }, Oracle)
  const supply = await of({ module: 'stats', action: 'ethsupply' }, Amount)
  const price = await of({ module: 'stats', action: 'ethprice' }, Prices)
  return figuresOf(toldOf(etherscan.id, ask.token.id, gas), {
    gasPriceGwei: gas.body.result.ProposeGasPrice,
    supply: quotient(supply.body.result, 1n, -etherDecimals),
    priceUsd: price.body.result.ethusd,
  })
}
