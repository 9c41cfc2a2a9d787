import {
  Failure,
  type Bar,
  type Candles,
  type Interval,
  type Observation,
  type Quote,
  type Token,
} from '@pumpiq/domain'
import type { Asked, Get } from '../network/asked.ts'
import { mishapFailure } from '../network/mishap.ts'
import type { Watch } from './watch.ts'

/**
 * `symbol` is the plain ticker (BTC); the connector knows its venue's form. `limit` is the most candles wanted, 1 to `mostCandles`; `now` the
 * instant (epoch ms) the caller stands at: nothing that closed later comes out.
 */
export type CandlesAsk = {
  symbol: string
  interval: Interval
  limit: number
  now: number
  get: Get
  abort?: AbortSignal | undefined
}
export type PriceAsk = { symbol: string; now: number; get: Get; abort?: AbortSignal | undefined }

export type FreshAsk = { now: number; get: Get; abort?: AbortSignal | undefined }
export type LookupAsk = FreshAsk & { query: string }

/** `pages` of 250 coins by market cap. `omit` is told of each coin that is left out, by the catalogue's id, and why. */
export type CatalogueAsk = {
  pages: number
  get: Get
  abort?: AbortSignal | undefined
  omit?: (catalogueId: string, why: string) => void
}

/**
 * One vendor. A feed answers empty only when the vendor says that there is none, and throws when it could not ask: notFound when the venue
 * does not list the symbol, tooMany and unavailable as `Get` says.
 */
export type Source = Asked & {
  /** The vendor's manual. */
  docs: string
  feeds: {
    /** Closed candles only, oldest first, the newest `limit` of them at most; `id` is `source:PAIR:interval`. */
    candles?(ask: CandlesAsk): Promise<Candles>
    /** The last price. `pair` is in the venue's form, `price` its decimal text in our one form. */
    price?(ask: PriceAsk): Promise<Quote>
    catalogue?(ask: CatalogueAsk): Promise<Token[]>
    /** Tokens by the address of a contract, or by words of their name or ticker; empty where the vendor knows none. */
    lookup?(ask: LookupAsk): Promise<Token[]>
    /** Tokens that were made or brought to market lately. */
    fresh?(ask: FreshAsk): Promise<Token[]>
  }
  /** What it tells of tokens or of the market when asked, other than candles and prices. */
  watches?: readonly Watch[]
  /** Off unless switched on by name, and why: its terms, its price. */
  optIn?: string
  /** What it tells by itself over a socket, once it was told what for. */
  streams?: {
    /** Closed 1-minute candles. */
    candles?: StreamPlan
    /** Tokens as they are made, and what is seen of them at once. */
    tokens?: TokenStreamPlan
  }
}

/** A line on which a vendor tells new tokens: one line, nothing to choose. */
export type TokenStreamPlan = {
  url: string
  /** What to send first of all. */
  greeting: readonly string[]
  /** Without any message for so long the line is dead. */
  silenceMs: number
  /** What a message says. Never throws: what cannot be true is an event too. */
  hear(text: string, heard: StreamHeard): TokenStreamEvent[]
}

export type TokenStreamEvent =
  | { told: 'token'; token: Token; seen: Observation[] }
  /** Of a token that was told before, perhaps on another line. */
  | { told: 'seen'; seen: Observation[] }
  | { told: 'drift'; issue: string }

/** How a vendor wants to be listened to. `symbol` is the plain ticker everywhere, as in `CandlesAsk`. */
export type StreamPlan = {
  /** Where the line goes. */
  url: string
  /** The most symbols one line carries, and the most that one message of ours may name. */
  symbolsALine: number
  symbolsAMessage: number
  /** The shortest pause between two messages of ours on one line. */
  pauseMs: number
  /** Without any message for so long the line is dead. */
  silenceMs: number
  /** A line is renewed when it is so old, before the vendor ends it. */
  lifeMs: number
  /** The talk on a new line. */
  talk(): StreamTalk
}

/** Our side of one line: it knows what was asked for on it and what it has seen. */
export type StreamTalk = {
  /** What to send first of all. */
  greeting: readonly string[]
  /** The message that asks for symbols, at most `symbolsAMessage`; null when no venue could list any of them. */
  ask(symbols: readonly string[]): string | null
  /** The message that asks for them no longer. */
  leave(symbols: readonly string[]): string | null
  /** What has to be said because of what was heard, one message at a time; null when there is nothing. */
  more(): string | null
  /** What a message says. Never throws: what cannot be true is an event too. */
  hear(text: string, heard: StreamHeard): StreamEvent[]
  /** The open, epoch ms, of the first minute from which on this line tells every minute of the symbol that is traded; null while it does not. */
  since(symbol: string): number | null
}

/** Our clock when the message was here, epoch ms. */
export type StreamHeard = { fetchedAt: number }

export type StreamEvent =
  /** A closed minute. It may be told twice, and out of order. */
  | { told: 'candle'; symbol: string; bar: Bar }
  /** The vendor's clock, epoch ms. */
  | { told: 'time'; at: number }
  /** The vendor is about to end the line. */
  | { told: 'goodbye' }
  /** A message that cannot be true, or that refuses us: why, in words of ours. */
  | { told: 'drift'; issue: string }

/** What a feed gives at most: the minutes of eight days, so that those of a week's outage are asked for, not its hours. */
export const mostCandles = 12_000

export function checkLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostCandles) return
  throw new Failure('invalid', `limit must be a whole number from 1 to ${mostCandles}, not ${limit}`)
}

const tickerShape = /^[\p{L}\p{N}]{1,20}$/u

/** The venue's names of symbols in the order given, without what no venue could list. */
export const pairsOf = (symbols: readonly string[], pair: (ticker: string) => string): Map<string, string> =>
  new Map(
    symbols
      .filter((symbol) => tickerShape.test(symbol.toUpperCase()))
      .map((symbol) => [symbol, pair(symbol.toUpperCase())]),
  )

/** The ticker in capitals; what no venue could list is not asked for. */
export function tickerOf(source: string, symbol: string): string {
  const ticker = symbol.toUpperCase()
  if (tickerShape.test(ticker)) return ticker
  throw mishapFailure({ source, mishap: 'absent' }, `lists no symbol ${JSON.stringify(symbol.slice(0, 32))}`)
}
