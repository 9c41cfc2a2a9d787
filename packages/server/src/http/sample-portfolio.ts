import { Failure, price, toIso, tokenId } from '@pumpiq/domain'
import type { HandlersOf, Holding, Transaction } from '@pumpiq/api'

/** A person who bought half a bitcoin. */
export function samplePortfolio(now: number): HandlersOf<'portfolio'> {
  const bought: Transaction = {
    id: '0192f000-0000-7000-8000-0000000000b1',
    token: tokenId('bitcoin:native'),
    symbol: 'BTC',
    kind: 'buy',
    quantity: price('0.5'),
    priceUsd: price('50000'),
    feeUsd: price('10'),
    at: toIso(now - 86_400_000),
    note: null,
    ref: null,
  }
  const money = {
    value: price('30000'),
    cost: price('25010'),
    realised: price('0'),
    unrealised: price('4990'),
    unrealisedPct: 19.952,
    netInvested: price('25010'),
    fees: price('10'),
  }
  const told = { token: bought.token, symbol: 'BTC', name: 'Bitcoin', chain: 'bitcoin' }
  const at = toIso(now - 30_000)
  const holding: Holding = {
    ...told,
    ...money,
    quantity: bought.quantity,
    averageCost: price('50020'),
    realisedIsWhole: true,
    sharePct: 100,
    price: { value: price('60000'), source: 'binance', at, ageMs: 30_000 },
    call: null,
    advised: null,
  }
  const all = (name: string) => [{ name, value: money.value, sharePct: 100 }]
  const summed = { ...money, total: money.unrealised, totalPct: 19.952, complete: true, missing: [] }
  const own = <T>(id: string, answer: T): T => {
    if (id !== bought.id) throw new Failure('notFound', `you have no transaction ${id}`)
    return answer
  }
  return {
    value: () => ({
      at: toIso(now),
      totals: { ...summed, oldestPriceAt: at },
      exposure: { byToken: all('BTC (bitcoin:native)'), byChain: all('bitcoin') },
      holdings: [holding],
    }),
    transactions: () => ({ items: [bought], next: null }),
    one: ({ params: { id } }) => own(id, bought),
    add: () => ({ made: true, document: bought }),
    change: ({ params: { id } }) => own(id, bought),
    remove: ({ params: { id } }) => own(id, { id }),
    import: ({ query: { dryRun = false } }) => ({ dryRun, lines: 0, added: 0, known: 0, faults: [] }),
    async *export() {
      yield 'at,token,kind,quantity,price_usd,fee_usd,note,ref'
    },
  }
}
