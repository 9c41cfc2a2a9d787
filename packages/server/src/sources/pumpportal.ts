import { isFailure, minutes, seconds, type Figure } from '@pumpiq/domain'
import { z } from 'zod'
import { listedToken } from './listed.ts'
import { figuresOf } from './seen.ts'
import { Address } from './solana-accounts.ts'
import type { Source, StreamHeard, TokenStreamEvent } from './source.ts'
import { readMessage } from './told.ts'

/** Of every coin that Pump.fun makes, in whole tokens: all there are, those the curve sells, and those it keeps back for the pool. */
const supply = 1_000_000_000
const forSale = 793_100_000
const heldBack = 279_900_000

const Amount = z.number().nonnegative()
/** Amounts are whole tokens and whole SOL, with the noise of floats. */
const Create = z.object({
  txType: z.literal('create'),
  pool: z.literal('pump'),
  mint: Address,
  name: z.string(),
  symbol: z.string(),
  initialBuy: Amount,
  vTokensInBondingCurve: z.number().positive(),
  vSolInBondingCurve: z.number().positive(),
  marketCapSol: Amount,
})
type Create = z.output<typeof Create>
const Migrate = z.object({ txType: z.literal('migrate'), mint: Address })
/** The same line tells coins of other launchpads, without their names, and that it heard us. */
const Other = z
  .object({ txType: z.string(), pool: z.string() })
  .refine(({ pool, txType }) => pool !== 'pump' && txType !== 'migrate')
const Word = z.object({ message: z.string(), txType: z.undefined().optional() })
const Message = z.union([Create, Migrate, Other, Word])

export const pumpportal: Source = {
  id: 'pumpportal',
  docs: 'https://pumpportal.fun/data-api/real-time',
  key: 'none',
  // It is not asked: it tells. Lines beside the first get the address banned for an hour.
  budget: { calls: 1, perMs: minutes(1) },
  feeds: {},
  streams: {
    tokens: {
      url: 'wss://pumpportal.fun/api/data',
      greeting: [JSON.stringify({ method: 'subscribeNewToken' }), JSON.stringify({ method: 'subscribeMigration' })],
      // Some sixteen coins a minute are made.
      silenceMs: seconds(90),
      hear,
    },
  },
}

/** No message has an instant of its own: it was true when it was here. */
function hear(text: string, heard: StreamHeard): TokenStreamEvent[] {
  const read = readMessage(text, Message)
  if (!read.ok) return [{ told: 'drift', issue: read.issue }]
  const said = read.value
  if (!('mint' in said)) return []
  try {
    if (said.txType === 'migrate') return [{ told: 'seen', seen: figuresAt(said.mint, heard, { curveComplete: 1 }) }]
    const token = listedToken({ chain: 'solana', address: said.mint, symbol: said.symbol, name: said.name })
    return token ? [{ told: 'token', token, seen: figuresAt(said.mint, heard, curveOf(said)) }] : []
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown
    return [{ told: 'drift', issue: thrown.message }]
  }
}

const figuresAt = (mint: string, { fetchedAt }: StreamHeard, values: Parameters<typeof figuresOf>[1]): Figure[] =>
  figuresOf({ source: 'pumpportal', token: `solana:${mint}`, observedAt: fetchedAt, fetchedAt }, values)

/** Of a coin in mayhem the agent sells too, and the curve may be above its beginning. */
function curveOf({ vTokensInBondingCurve, vSolInBondingCurve, marketCapSol, initialBuy }: Create) {
  const progress = 1 - (vTokensInBondingCurve - heldBack) / forSale
  return {
    priceSol: vSolInBondingCurve / vTokensInBondingCurve,
    marketCapSol,
    curveProgressRatio: progress >= 0 && progress <= 1 ? progress : null,
    curveComplete: 0,
    developerRatio: initialBuy / supply,
  }
}
