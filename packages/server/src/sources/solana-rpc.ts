import { minutes, seconds, type Observation, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import { mishapFailure } from '../network/mishap.ts'
import { quotient } from './exact.ts'
import { askRpc, readRpcError } from './json-rpc.ts'
import { curveAddress, curveFacts, decodeCurve, isCurveOwner, mayHaveCurve, type Curve } from './pumpfun-curve.ts'
import { figuresOf, hazardsOf, toldOf } from './seen.ts'
import { accountOf, amountSlice, HeldAmount } from './solana-accounts.ts'
import { topTenRatio } from './solana-holders.ts'
import { largestOf } from './solana-largest.ts'
import { decodeMint, isTokenProgram } from './solana-mint.ts'
import type { Source } from './source.ts'
import { isNative, isSolanaToken, type WatchAsk } from './watch.ts'

const url = 'https://api.mainnet-beta.solana.com'
const whole = { encoding: 'base64', commitment: 'confirmed' } as const
const lamportDecimals = 9
const daySeconds = 86_400

type TokenAsk = WatchAsk & { token: Token }

export const solanaRpc: Source = {
  id: 'solana-rpc',
  docs: 'https://solana.com/docs/rpc',
  key: 'none',
  // 100 calls in 10 s an address and 40 a method are published, less was seen; a batch of ours has at most two calls.
  budget: { calls: 10, perMs: seconds(10) },
  throttledMs: seconds(10),
  readError: readRpcError,
  feeds: {},
  watches: [
    { name: 'mint', kind: 'onchain', about: 'token', calls: 1, freshMs: minutes(30), serves: isSolanaToken, see: mint },
    { name: 'curve', kind: 'onchain', about: 'token', calls: 1, serves: hasCurve, see: curve },
    { name: 'maker', kind: 'onchain', about: 'token', calls: 2, freshMs: minutes(30), serves: hasCurve, see: maker },
    {
      name: 'holders',
      kind: 'onchain',
      about: 'token',
      calls: 2,
      freshMs: minutes(30),
      serves: isSolanaToken,
      see: holders,
    },
    { name: 'chain', kind: 'onchain', about: 'token', calls: 1, freshMs: minutes(30), serves: isSol, see: chain },
  ],
}

function hasCurve(token: Token): boolean {
  return isSolanaToken(token) && mayHaveCurve(token)
}

function isSol(token: Token): boolean {
  return token.chain === 'solana' && isNative(token)
}

const MintAccount = accountOf(isTokenProgram, decodeMint)

/** What the mint's own bytes say: the supply, and who may still change the rules. */
async function mint({ token, get, abort }: TokenAsk): Promise<Observation[]> {
  const call = { method: 'getAccountInfo', params: [token.address, whole], result: MintAccount }
  const answer = await askRpc(get, url, [call], { abort })
  const [found] = answer.body
  if (!found) throw mishapFailure({ source: solanaRpc.id, mishap: 'absent' }, 'has no mint at this address')
  const told = toldOf(solanaRpc.id, token.id, answer)
  return [
    ...figuresOf(told, {
      supply: quotient(found.supply, 1n, -found.decimals),
      transferFeeRatio: found.transferFeeRatio,
    }),
    ...hazardsOf(told, {
      mintable: found.isMintable,
      freezable: found.isFreezable,
      permanentDelegate: found.hasPermanentDelegate,
      transferHook: found.hasTransferHook,
      pausable: found.isPausable,
      taxChangeable: found.isFeeChangeable,
      // That nothing bars sending here says nothing of what a hook or a freeze may do.
      sellRestricted: found.isSendingBarred || null,
    }),
  ]
}

const CurveAccount = accountOf(isCurveOwner, decodeCurve)

async function curveOf({ token, get, abort }: TokenAsk) {
  const call = { method: 'getAccountInfo', params: [curveAddress(token.address), whole], result: CurveAccount }
  const answer = await askRpc(get, url, [call], { abort })
  return { found: answer.body[0], told: toldOf(solanaRpc.id, token.id, answer) }
}

/** The bonding curve, where the token has one: most have none. */
async function curve(ask: TokenAsk): Promise<Observation[]> {
  const { found, told } = await curveOf(ask)
  if (!found) return []
  const { price, marketCap, raised, progressRatio } = curveFacts(found)
  const paidIn = (quote: Curve['quote'], value: number | null) => (found.quote === quote ? value : null)
  return figuresOf(told, {
    curveProgressRatio: progressRatio !== null && progressRatio >= 0 ? progressRatio : null,
    curveComplete: found.complete ? 1 : 0,
    priceSol: paidIn('sol', price),
    marketCapSol: paidIn('sol', marketCap),
    curveRaisedSol: paidIn('sol', raised),
    priceUsd: paidIn('usdc', price),
    marketCapUsd: paidIn('usdc', marketCap),
  })
}

/** What the coin's maker, whom the curve names, holds of it. Apart from the curve: nodes answer this far less often. */
async function maker(ask: TokenAsk): Promise<Observation[]> {
  const { found, told } = await curveOf(ask)
  if (!found?.creator) return []
  const params = [found.creator, { mint: ask.token.address }, amountSlice]
  const call = { method: 'getTokenAccountsByOwner', params, result: HeldAmount }
  const [held] = (await askRpc(ask.get, url, [call], { abort: ask.abort })).body
  return figuresOf(told, { developerRatio: quotient(held, found.supply) })
}

/** What the largest wallets hold, and the largest accounts whosoever they are. */
async function holders({ token, get, abort }: TokenAsk): Promise<Observation[]> {
  const { supply, holdings, isAll, heard } = await largestOf({ url, mint: token.address, get, abort })
  if (holdings.length === 0 || supply === 0n) return []
  const ten = holdings.slice(0, 10).reduce((sum, { amount }) => sum + amount, 0n)
  return figuresOf(toldOf(solanaRpc.id, token.id, heard), {
    top10Ratio: topTenRatio(holdings, supply, isAll),
    top10AccountsRatio: quotient(ten, supply),
  })
}

/** Lamports are JSON numbers above 2^53: their last digits are lost, which no figure shows. */
const Lamports = z.number().nonnegative()
const NativeSupply = z.object({ value: z.object({ total: Lamports, circulating: Lamports }) })
const Samples = z.array(
  z.object({ numNonVoteTransactions: z.int().nonnegative(), samplePeriodSecs: z.int().positive() }),
)
/** One a minute: twelve hours, the most there are. */
const samplesAtMost = 720

/** SOL itself. Transactions are the rate of the last twelve hours put to a day, without the votes of validators. */
async function chain({ token, get, abort }: TokenAsk): Promise<Observation[]> {
  const answer = await askRpc(
    get,
    url,
    [
      { method: 'getSupply', params: [{ excludeNonCirculatingAccountsList: true }], result: NativeSupply },
      { method: 'getRecentPerformanceSamples', params: [samplesAtMost], result: Samples },
    ],
    { abort },
  )
  const [{ value }, samples] = answer.body
  const spanSeconds = samples.reduce((sum, { samplePeriodSecs }) => sum + samplePeriodSecs, 0)
  const transactions = samples.reduce((sum, { numNonVoteTransactions }) => sum + numNonVoteTransactions, 0)
  return figuresOf(toldOf(solanaRpc.id, token.id, answer), {
    supply: value.total / 10 ** lamportDecimals,
    circulatingSupply: value.circulating / 10 ** lamportDecimals,
    transactions24h: spanSeconds === 0 ? null : (transactions / spanSeconds) * daySeconds,
  })
}
