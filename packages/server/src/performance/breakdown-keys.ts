import { RiskRating, Timeframe, toIso, type CallType, type Weights } from '@pumpiq/domain'
import type { BreakdownBy } from '@pumpiq/api'
import type { CountedCall } from './outcomes-counted.ts'

type Key = { readonly key: string; readonly label: string }

const plain = (key: string): Key => ({ key, label: key })

/** The tenth of the measured confidence, by the method that found it: `prior:0.4` holds from 0.4 up to, but not with, 0.5; the last holds 1 too. */
function confidenceOf({ type, confidence }: CountedCall): Key {
  // A HOLD's is of another event: that its band is not left.
  if (confidence === null || (type !== 'BUY' && type !== 'SELL')) {
    return { key: 'none', label: 'No probability of target 1' }
  }
  const tenth = Math.min(9, Math.floor(confidence.measured * 10))
  const percents = `${tenth * 10} to ${tenth * 10 + 10} %`
  return { key: `${confidence.method}:0.${tenth}`, label: `${percents}, ${confidence.method}` }
}

const kindNames = { news: 'news', onchain: 'on-chain', technical: 'technical', social: 'social' } as const

function weightsOf(weights: Weights): Key {
  const kinds = Object.keys(kindNames) as (keyof Weights)[]
  const told = kinds.filter((kind) => weights[kind] > 0)
  return {
    key: kinds.map((kind) => weights[kind]).join('-'),
    label: told.map((kind) => `${kindNames[kind]} ${weights[kind]}`).join(', '),
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function monthOf(at: number | null): Key {
  if (at === null) return { key: 'open', label: 'Open now' }
  const key = toIso(at).slice(0, 7)
  return { key, label: `${months[Number(key.slice(5)) - 1]} ${key.slice(0, 4)}` }
}

/** What a call is grouped and filtered by: sealed with it, or told by its end. */
export const keyOf: Readonly<Record<BreakdownBy, (call: CountedCall) => Key>> = {
  period: ({ ending }) => monthOf(ending.at),
  timeframe: ({ timeframe }) => plain(timeframe),
  type: ({ type }) => plain(type),
  risk: ({ risk }) => plain(risk),
  token: ({ token, symbol }) => ({ key: token, label: symbol }),
  confidence: confidenceOf,
  weights: ({ weights }) => weightsOf(weights),
  analyst: ({ analyst }) => plain(analyst),
  actionable: ({ actionable }) =>
    actionable ? { key: 'yes', label: 'Actionable' } : { key: 'no', label: 'Not actionable' },
}

const orders: Partial<Record<BreakdownBy, readonly string[]>> = {
  timeframe: Timeframe.options,
  type: ['BUY', 'SELL', 'HOLD', 'AVOID'] satisfies CallType[],
  risk: RiskRating.options,
  actionable: ['yes', 'no'],
}

type Counted = Key & { readonly calls: number }

/** Newest months first, what has an order in it, the rest by how many calls it has. */
export function inOrder(by: BreakdownBy): (a: Counted, b: Counted) => number {
  if (by === 'period') return (a, b) => (a.key < b.key ? 1 : -1)
  if (by === 'confidence') return (a, b) => (a.key < b.key ? -1 : 1)
  const order = orders[by]
  if (order) return (a, b) => order.indexOf(a.key) - order.indexOf(b.key)
  return (a, b) => b.calls - a.calls || (a.key < b.key ? -1 : 1)
}
