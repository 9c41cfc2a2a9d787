import { texts } from '../language.ts'

/** Looking for a token. */
export const searchTexts = texts({
  en: {
    title: 'Find a token',
    label: 'Name, ticker or address',
    placeholder: 'BTC, pepe, 0x…',
    found: 'Tokens found',
    none: (asked: string) => `No token is known by “${asked}”.`,
    count: (n: number) => `${n} ${n === 1 ? 'token' : 'tokens'} found`,
    collision: (symbol: string, bearers: number) => `${bearers} tokens bear the ticker ${symbol}.`,
    resolves: (id: string) => `Where the ticker alone is said, ${id} is meant:`,
    refused: 'The ticker alone is refused:',
    same: (symbol: string) => `one of several ${symbol}: look at chain and address`,
    meant: (symbol: string) => `the one that ${symbol} alone means`,
    rank: (rank: number) => `rank ${rank}`,
    disputed: 'price disputed',
    unranked: 'not ranked',
    matches: {
      id: 'by its identity',
      address: 'by its address',
      symbol: 'by its ticker',
      name: 'by its name',
      formerSymbol: 'by a former ticker',
      start: 'by how it begins',
    },
  },
})
