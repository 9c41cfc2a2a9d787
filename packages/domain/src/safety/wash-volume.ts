import type { Figure } from '../words/observation.ts'
import type { SafetyCheck, SafetyEvidence } from './check.ts'
import { citesOf, figuresTold, highest, lowest, unknown } from './told.ts'

const mostTurnover = 30
const fewestTraders = 100
const fewestTrades = 100
/** In standard deviations of a fair coin: of real trades fewer than one in ten lies so near. */
const balanceSigmas = 0.1

/**
 * Volume that is made: the pools turn over many times a day, and few wallets do it, or sales match purchases as no crowd does.
 */
export const washVolume: SafetyCheck = {
  id: 'wash-volume',
  label: 'made volume',
  see: 'Detecting and Quantifying Wash Trading on Decentralized Exchanges (WWW 2021); limits of our own: 30 turns a day, 100 wallets',
  chains: 'all',
  check(evidence) {
    const turns = turnovers(evidence)
    const most = highest(turns)
    const cites = citesOf([...figuresTold(evidence, 'volume24hUsd'), ...figuresTold(evidence, 'liquidityUsd')])
    if (most === null) return unknown('no source tells both volume and liquidity')
    const told = `the pools turn over ${turns.map(({ source, value }) => `${Math.round(value * 10) / 10} times a day (${source})`).join(', ')}`
    if (most <= mostTurnover) return { verdict: 'pass', detail: told, cites }
    const wallets = tradersOf(evidence)
    const fewest = lowest(wallets)
    const trades = tradesOf(evidence)
    const all = [...cites, ...citesOf([...wallets, ...trades.figures])]
    if (fewest !== null && fewest < fewestTraders)
      return { verdict: 'fail', detail: `${told}, by ${fewest} wallets`, cites: all }
    if (trades.balanced) return { verdict: 'fail', detail: `${told}, and sales match purchases`, cites: all }
    if (fewest === null || trades.balanced === null) return unknown(`${told}, by how many wallets no source tells`, all)
    return { verdict: 'pass', detail: `${told}, by ${fewest} wallets`, cites: all }
  },
}

/** Volume over liquidity of the sources that tell both. */
function turnovers(evidence: SafetyEvidence): Figure[] {
  const depths = figuresTold(evidence, 'liquidityUsd')
  return figuresTold(evidence, 'volume24hUsd').flatMap((volume) => {
    const depth = depths.find(({ source }) => source === volume.source)
    return depth && depth.value > 0 ? [{ ...volume, value: volume.value / depth.value }] : []
  })
}

/** Wallets that traded; of those who count buyers and sellers apart, the larger of both, for many do both. */
function tradersOf(evidence: SafetyEvidence): Figure[] {
  const sellers = figuresTold(evidence, 'sellers24h')
  const sides = figuresTold(evidence, 'buyers24h').flatMap((buyers) => {
    const other = sellers.find(({ source }) => source === buyers.source)
    return other ? [other.value > buyers.value ? other : buyers] : []
  })
  return [...figuresTold(evidence, 'traders24h'), ...sides]
}

/** Whether purchases and sales of any source match too well; null where none counts enough of them. */
function tradesOf(evidence: SafetyEvidence): { balanced: boolean | null; figures: Figure[] } {
  const sells = figuresTold(evidence, 'sells24h')
  const pairs = figuresTold(evidence, 'buys24h').flatMap((buys) => {
    const other = sells.find(({ source }) => source === buys.source)
    return other && buys.value + other.value >= fewestTrades ? [[buys, other] as const] : []
  })
  const balanced = pairs.some(
    ([buys, other]) => Math.abs(buys.value - other.value) <= balanceSigmas * Math.sqrt(buys.value + other.value),
  )
  return { balanced: pairs.length === 0 ? null : balanced, figures: pairs.flat() }
}
