import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { createKnownNames, impostorOf, type NamedToken, nameFaults } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const folder = process.env['EVALUATION_DIR']
const Listed = z.array(z.object({ id: z.string(), symbol: z.string(), name: z.string() }))
const universes = ['binance_daily_universe_2021_2023', 'binance_perp_daily_universe_2019_2025']

/** Every ticker of the recorded markets; the ticker stands for the name too. */
async function traded(): Promise<NamedToken[]> {
  const tickers = new Set<string>()
  for (const universe of universes) {
    const table = gunzipSync(await readFile(join(folder!, 'data/candles', universe, 'universe_1d.csv.gz'))).toString()
    for (const [, ticker] of table.matchAll(/^(\w+)USDT,/gm)) tickers.add(ticker!)
  }
  return [...tickers].map((symbol) => ({ id: symbol, symbol, name: symbol }))
}

describe.skipIf(!folder)('real names (skipped without EVALUATION_DIR)', () => {
  it('of recorded markets and lists are neither flagged nor taken for each other', async () => {
    const listed = Listed.parse(JSON.parse(await readFile(join(folder!, 'fixtures/coingecko/coins_list.json'), 'utf8')))
    const tickers = await traded()
    const counts = [tickers, listed].map((tokens) => {
      const known = createKnownNames(tokens)
      const texts = tokens.flatMap(({ id, symbol, name }) => [symbol, name].map((text) => ({ id, text })))
      const how = texts.map(({ id, text }) => impostorOf(text, known, id)?.how ?? 'own')
      return {
        tokens: tokens.length,
        // One listed token is named by a blank between quotes: that is a name to flag.
        flagged: texts.filter(({ text }) => nameFaults(text).length > 0 && /[\p{L}\p{N}]/u.test(text)).length,
        'look-alike': how.filter((one) => one === 'look-alike').length,
        collision: how.filter((one) => one === 'collision').length,
      }
    })
    console.table({ tickers: counts[0], list: counts[1] })
    expect(counts[0]!.tokens + counts[1]!.tokens).toBeGreaterThanOrEqual(500)
    for (const { flagged, 'look-alike': alike } of counts) expect({ flagged, alike }).toEqual({ flagged: 0, alike: 0 })
    // Two real tokens of one ticker are told as what they are; the tickers of one venue are each borne by one.
    expect(counts[0]!.collision).toBe(0)
  })
})
