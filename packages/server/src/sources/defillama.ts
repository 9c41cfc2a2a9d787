import { hours, minutes, seconds, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { Answer } from '../network/asked.ts'
import { protocolFigures, Protocols } from './defillama-protocols.ts'
import { figuresOf, toldOf } from './seen.ts'
import type { Source } from './source.ts'
import { isNative, type WatchAsk } from './watch.ts'

const host = 'https://api.llama.fi'
const stablecoinsHost = 'https://stablecoins.llama.fi'
const totalsOnly = 'excludeTotalDataChart=true&excludeTotalDataChartBreakdown=true'

const Chains = z.array(
  z.object({ name: z.string().min(1), gecko_id: z.string().nullish(), tvl: z.number().nonnegative() }),
)
/** The day's total of all protocols, of the whole market or of one chain. */
const Totals = z.object({ protocols: z.array(z.unknown()), total24h: z.number().nonnegative().nullish() })
const Stablecoins = z.object({
  peggedAssets: z.array(
    z.object({
      /** Amounts by the currency they are pegged to: in that currency. */
      circulating: z.record(z.string(), z.number().nonnegative()).nullish(),
      /** USD. */
      price: z.number().nonnegative().nullish(),
    }),
  ),
})

export const defillama: Source = {
  id: 'defillama',
  docs: 'https://api-docs.defillama.com/',
  key: 'none',
  // Nothing is published; one a second in the mean, of which several may go at once.
  budget: { calls: 10, perMs: seconds(10) },
  timeoutMs: seconds(30),
  throttledMs: minutes(1),
  feeds: {},
  watches: [
    {
      name: 'chain',
      kind: 'onchain',
      about: 'token',
      calls: 3,
      freshMs: hours(1),
      serves: (token) => isNative(token) && token.catalogueId !== null,
      see: chain,
    },
    { name: 'market', kind: 'onchain', about: 'market', calls: 4, freshMs: hours(1), see: market },
    // The list has several MB.
    { name: 'protocols', kind: 'onchain', about: 'market', calls: 1, freshMs: hours(6), see: protocols },
  ],
}

/** Of the chain whose coin it is, by the catalogue's id; empty where no chain says so. */
async function chain({ token, get, abort }: WatchAsk & { token: Token }) {
  const chains = await get.timed(`${host}/v2/chains`, Chains, { abort })
  const own = chains.body.find(({ gecko_id }) => gecko_id === token.catalogueId)
  if (!own) return []
  const name = encodeURIComponent(own.name)
  const [dexs, fees] = await Promise.all([
    get.timed(`${host}/overview/dexs/${name}?${totalsOnly}`, Totals, { abort }),
    get.timed(`${host}/overview/fees/${name}?${totalsOnly}`, Totals, { abort }),
  ])
  return [
    ...figuresOf(toldOf(defillama.id, token.id, chains), { chainTvlUsd: own.tvl }),
    ...totalsOf(token.id, dexs, fees),
  ]
}

async function market({ get, abort }: WatchAsk) {
  const chains = await get.timed(`${host}/v2/chains`, Chains, { abort })
  const [dexs, fees, stable] = await Promise.all([
    get.timed(`${host}/overview/dexs?${totalsOnly}`, Totals, { abort }),
    get.timed(`${host}/overview/fees?${totalsOnly}`, Totals, { abort }),
    get.timed(`${stablecoinsHost}/stablecoins?includePrices=true`, Stablecoins, { abort }),
  ])
  const chainTvlUsd = chains.body.reduce((sum, { tvl }) => sum + tvl, 0)
  return [
    ...figuresOf(toldOf(defillama.id, null, chains), { chainTvlUsd: chainTvlUsd || null }),
    ...totalsOf(null, dexs, fees),
    ...figuresOf(toldOf(defillama.id, null, stable), { stablecoinsUsd: worthOf(stable.body) || null }),
  ]
}

type TotalsAnswer = Answer<z.output<typeof Totals>>

const totalsOf = (token: string | null, dexs: TotalsAnswer, fees: TotalsAnswer) => [
  ...figuresOf(toldOf(defillama.id, token, dexs), { dexVolume24hUsd: dexs.body.total24h }),
  ...figuresOf(toldOf(defillama.id, token, fees), { fees24hUsd: fees.body.total24h }),
]

/** What is in circulation at its price; of those without one, the ones pegged to the dollar count in full. */
const worthOf = ({ peggedAssets }: z.output<typeof Stablecoins>): number =>
  peggedAssets.reduce(
    (sum, { circulating, price }) =>
      sum +
      Object.entries(circulating ?? {}).reduce(
        (all, [peg, amount]) => all + amount * (price ?? (peg === 'peggedUSD' ? 1 : 0)),
        0,
      ),
    0,
  )

/** Of every protocol with a token of its own: a map of the market, told of many tokens at once. */
async function protocols({ get, abort }: WatchAsk) {
  const answer = await get.timed(`${host}/protocols`, Protocols, { abort })
  return [...protocolFigures(answer.body)].flatMap(([token, figures]) =>
    figuresOf(toldOf(defillama.id, token, answer), figures),
  )
}
