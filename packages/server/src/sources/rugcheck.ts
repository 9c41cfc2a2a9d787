import { minutes, seconds, type Danger, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { figuresOf, hazardsOf, toldOf } from './seen.ts'
import { isBurnt, percentOf, shareOf, sumOfShares } from './shares.ts'
import type { Source } from './source.ts'
import { isSolanaToken, type WatchAsk } from './watch.ts'

const host = 'https://api.rugcheck.xyz/v1'

const Usd = z.number().nonnegative()
const Holder = z.object({
  address: z.string(),
  owner: z.string().nullish(),
  pct: z.number().nonnegative(),
  insider: z.boolean().nullish(),
})
const Market = z.object({
  lp: z.object({ lpLockedPct: z.number().nonnegative(), baseUSD: Usd.nullish(), quoteUSD: Usd.nullish() }).nullish(),
})

/** Shares are percents; `supply` is raw and may have lost its last digits. Lists may be null. */
const Report = z.object({
  mint: z.string(),
  tokenProgram: z.string().nullish(),
  creator: z.string().nullish(),
  creatorBalance: z.number().nonnegative().nullish(),
  token: z.object({ supply: z.number().nonnegative(), decimals: z.int().min(0).max(18) }).nullish(),
  mintAuthority: z.string().nullable(),
  freezeAuthority: z.string().nullable(),
  topHolders: z.array(Holder).nullish(),
  risks: z.array(z.object({ name: z.string(), level: z.string().nullish() })).nullish(),
  markets: z.array(Market).nullish(),
  totalMarketLiquidity: Usd.nullish(),
  totalHolders: z.number().nonnegative().nullish(),
  price: Usd.nullish(),
  rugged: z.boolean().nullish(),
  transferFee: z.object({ pct: z.number().nonnegative() }).nullish(),
  knownAccounts: z.record(z.string(), z.object({ type: z.string().nullish() })).nullish(),
})
type Report = z.output<typeof Report>

export const rugcheck: Source = {
  id: 'rugcheck',
  docs: 'https://api.rugcheck.xyz/swagger/index.html',
  key: 'none',
  // Nothing is published; one a second in the mean.
  budget: { calls: 5, perMs: seconds(5) },
  timeoutMs: seconds(10),
  throttledMs: minutes(1),
  readError,
  feeds: {},
  watches: [
    {
      name: 'safety',
      kind: 'onchain',
      about: 'token',
      calls: 1,
      freshMs: minutes(10),
      serves: isSolanaToken,
      see: safety,
    },
  ],
}

async function safety({ token, get, abort }: WatchAsk & { token: Token }) {
  const check = ({ mint }: Report) => (mint === token.address ? null : 'the report is of another token')
  const answer = await get.timed(`${host}/tokens/${token.address}/report`, Report, { check, abort })
  const report = answer.body
  const told = toldOf(rugcheck.id, token.id, answer)
  return [
    ...hazardsOf(told, hazardsIn(report)),
    ...figuresOf(told, {
      ...holdersOf(report),
      lpLockedRatio: lockedShare(report),
      transferFeeRatio: percentOf(report.transferFee?.pct),
      liquidityUsd: report.totalMarketLiquidity,
      priceUsd: report.price || null,
      supply: report.token ? report.token.supply / 10 ** report.token.decimals : null,
    }),
  ]
}

/** Tokens of the first programme have no extensions: none of these can be. */
const plainProgram = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'

function hazardsIn(report: Report): Partial<Record<Danger, boolean | null>> {
  const none = report.tokenProgram === plainProgram ? false : null
  const warned = (name: RegExp) =>
    (report.risks ?? []).some((risk) => risk.level === 'danger' && name.test(risk.name)) ? true : null
  return {
    mintable: report.mintAuthority !== null,
    freezable: report.freezeAuthority !== null,
    permanentDelegate: none,
    transferHook: none,
    sellRestricted: none,
    pausable: none,
    taxChangeable: none,
    lpUnlocked: warned(/LP unlocked/i),
    makerKnownBad: warned(/history of rug/i),
    rugged: report.rugged ?? null,
  }
}

/** Pools and lockers, by their token account or by its owner, and what is burnt. */
function isNobodys({ address, owner }: z.output<typeof Holder>, known: Report['knownAccounts']): boolean {
  const types = [known?.[address]?.type, owner ? known?.[owner]?.type : null]
  return types.some((type) => type === 'AMM' || type === 'LOCKER') || isBurnt(owner ?? address)
}

function holdersOf({ topHolders, knownAccounts, creator, creatorBalance, token, totalHolders }: Report) {
  const free = (topHolders ?? []).filter((holder) => !isNobodys(holder, knownAccounts))
  const share = (holders: typeof free) => sumOfShares(holders.map(({ pct }) => pct / 100))
  const creators = free.filter(({ owner }) => creator && owner === creator)
  const held = creatorBalance != null && token && token.supply > 0 ? creatorBalance / token.supply : null
  return {
    holders: totalHolders,
    // Without names of accounts the pools are still among them.
    [knownAccounts ? 'top10Ratio' : 'top10AccountsRatio']: topHolders
      ? share(free.toSorted((a, b) => b.pct - a.pct).slice(0, 10))
      : null,
    insiderRatio: topHolders ? share(free.filter(({ insider }) => insider)) : null,
    developerRatio: shareOf(held) ?? (creators.length > 0 ? share(creators) : null),
  }
}

/** Over the markets, by what is in them; pools without tokens of their own (concentrated ones) count as open. */
function lockedShare({ markets }: Report): number | null {
  const pools = (markets ?? []).flatMap(({ lp }) =>
    lp ? [{ locked: lp.lpLockedPct, depth: (lp.baseUSD ?? 0) + (lp.quoteUSD ?? 0) }] : [],
  )
  const depth = pools.reduce((sum, pool) => sum + pool.depth, 0)
  if (depth <= 0) return null
  return percentOf(pools.reduce((sum, pool) => sum + pool.locked * (pool.depth / depth), 0))
}

const ErrorBody = z.object({ error: z.string() })

/** `{ error }`: "not found" comes with HTTP 400 and means that there is no report. */
function readError(status: number, body: unknown): VendorError | null {
  const error = ErrorBody.safeParse(body).data?.error
  if (error === undefined) return null
  if (error === 'not found') return { mishap: 'absent', reason: 'has no report of the token' }
  return status === 429 || status >= 500 ? null : { mishap: 'refused', reason: `refused the request (HTTP ${status})` }
}
