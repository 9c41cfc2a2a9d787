import { minutes, type Observation, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import { Decimal } from './bars.ts'
import {
  assureSame,
  contractsOf,
  MaybeDecimal,
  MaybeSigned,
  notListed,
  perpetualFigures,
  servesPerpetual,
} from './perpetual.ts'
import { figuresOf } from './seen.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'

/** Names and their contexts in two lists, joined by position. */
const Contexts = z
  .tuple([
    z.object({ universe: z.array(z.object({ name: z.string(), isDelisted: z.boolean().optional() })) }),
    z.array(
      z.object({ funding: MaybeSigned, openInterest: MaybeDecimal, oraclePx: Decimal, markPx: Decimal.nullable() }),
    ),
  ])
  .rest(z.unknown())
type Contexts = z.output<typeof Contexts>

export const hyperliquid: Source = {
  id: 'hyperliquid',
  docs: 'https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint/perpetuals',
  key: 'none',
  // 1,200 weight a minute an address; this question weighs 20. We stay at half of it.
  budget: { calls: 30, perMs: minutes(1) },
  throttledMs: minutes(1),
  feeds: {},
  watches: [
    {
      name: 'perpetual',
      kind: 'technical',
      about: 'token',
      freshMs: minutes(30),
      calls: 1,
      serves: servesPerpetual,
      see,
    },
  ],
}

/** Funding (each hour), basis and open interest of the perpetual in dollars. There is one question for all of them together. */
async function see({ token, get, abort }: WatchAsk & { token: Token }): Promise<Observation[]> {
  const check = ([{ universe }, contexts]: Contexts) =>
    universe.length === contexts.length ? null : 'the names and the contexts are not equally many'
  const { body, serverAt, fetchedAt } = await get.timed('https://api.hyperliquid.xyz/info', Contexts, {
    body: { type: 'metaAndAssetCtxs' },
    check,
    abort,
  })
  const { context, coins } = contextOf(token, body)
  const { funding, openInterest, oraclePx, markPx } = context
  assureSame(hyperliquid.id, token, oraclePx / coins)
  const told = { source: hyperliquid.id, token: token.id, observedAt: serverAt ?? fetchedAt, fetchedAt }
  if (markPx === null) return []
  return [
    ...perpetualFigures(told, { markUsd: markPx, indexUsd: oraclePx, fundingRatio: funding, intervalHours: 1 }),
    ...figuresOf(told, { openInterestUsd: openInterest === null ? null : openInterest * markPx }),
  ]
}

/** A `k` before the ticker is a thousand coins. */
function contextOf(token: Token, [{ universe }, contexts]: Contexts) {
  for (const { name, coins } of contractsOf(token, token.symbol, [{ name: `k${token.symbol}`, coins: 1_000 }])) {
    const at = universe.findIndex((asset) => asset.name === name && !asset.isDelisted)
    const context = contexts[at]
    if (context && context.oraclePx > 0) return { context, coins }
  }
  throw notListed(hyperliquid.id, token.symbol)
}
