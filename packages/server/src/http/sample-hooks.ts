import { toIso, tokenId } from '@pumpiq/domain'
import { prefix, type HandlersOf } from '@pumpiq/api'

const id = '0195a000-0000-7000-8000-00000000000a'
const emptyRecord = {
  alerts: 0,
  judged: 0,
  apart: 0,
  hits: 0,
  misses: 0,
  undecided: 0,
  hitRatio: null,
  low: null,
  high: null,
}

/** Hooks and the datafeed, as plain as can be. */
export const sampleHooks = (now: number): HandlersOf<'hooks'> => {
  const hook = { id, name: 'breakouts', path: `${prefix}/hooks/tradingview/${id}`, createdAt: toIso(now) }
  return {
    list: () => ({ items: [{ ...hook, record: emptyRecord }] }),
    create: ({ body: { name } }) => ({ made: true, document: { ...hook, name, secret: 'told this once' } }),
    remove: () => ({ id }),
    alert: ({ body: { side, interval, price = null } }) => ({
      id,
      token: tokenId('bitcoin:native'),
      side,
      interval,
      at: toIso(now),
      price,
      repeated: false,
    }),
  }
}

export const sampleUdf = (now: number): HandlersOf<'udf'> => ({
  config: () => ({
    supported_resolutions: ['60'],
    supports_search: true,
    supports_group_request: false,
    supports_marks: false,
    supports_timescale_marks: false,
    supports_time: true,
    exchanges: [],
    symbols_types: [],
  }),
  symbols: () => ({ s: 'error', errmsg: 'unknown_symbol' }),
  search: () => [],
  history: () => ({ s: 'no_data' }),
  time: () => Math.floor(now / 1_000),
})
