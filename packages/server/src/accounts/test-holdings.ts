import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { price, tokenId, toIso, type Token } from '@pumpiq/domain'
import { nobody, type Caller } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import { createIds } from '../platform/ids.ts'
import { seededRandom } from '../platform/random.ts'
import { createImport } from './portfolio-import.ts'
import { createPortfolioStore, type NewOwnTransaction } from './portfolio.ts'
import { createToldTokens } from './told-tokens.ts'
import { createWatchlist } from './watchlist.ts'

const now = Date.UTC(2026, 3, 1)
const [bitcoin, ether] = [tokenId('bitcoin:native'), tokenId('ethereum:native')]
const clock = { now: () => now }

/** What both databases owe to what users watch and hold. `open` gives a migrated, empty one. */
export function testHoldings(name: string, open: () => Promise<Db>): void {
  describe(`what users watch and hold, on ${name}`, () => {
    let db: Db
    beforeAll(async () => void (db = await open()), 120_000)
    afterAll(() => db.destroy())
    beforeEach(async () => {
      for (const table of ['watchlist', 'portfolioTransaction', 'newestFigure'] as const)
        await db.deleteFrom(table).execute()
    })
    testWatchlist(() => db)
    testTransactions(() => db)
    testImport(() => db)
    testPrices(() => db)
  })
}

function testWatchlist(db: () => Db): void {
  const most = { now, most: 2 }

  it('keeps a watchlist for each user alone, newest first, and each token once', async () => {
    const list = createWatchlist({ db: db() })
    expect(await list.add('ann', bitcoin, { note: 'old', targetPrice: price('0.000000001234') }, most)).toMatchObject({
      made: true,
      watched: { targetPrice: '0.000000001234' },
    })
    await list.add('ann', ether, {}, { now: now + 1, most: 2 })
    expect((await list.list('ann')).map(({ token }) => token)).toEqual([ether, bitcoin])
    expect(await list.add('ann', bitcoin, { note: 'new' }, most)).toMatchObject({
      made: false,
      watched: { note: 'new', targetPrice: '0.000000001234', addedAt: now },
    })
    expect(await list.list('bob')).toEqual([])
    expect(await list.one('bob', bitcoin)).toBeNull()
    expect(await list.change('bob', bitcoin, { note: 'mine' })).toBeNull()
    expect(await list.remove('bob', bitcoin)).toBe(false)
    expect(await list.change('ann', bitcoin, { note: null })).toMatchObject({ note: null })
    expect(await list.remove('ann', bitcoin)).toBe(true)
    expect(await list.neededTokens(10)).toEqual([ether])
  })

  it('refuses more than a tier may watch, also of many that are added at once', async () => {
    const list = createWatchlist({ db: db() })
    const tokens = Array.from({ length: 6 }, (_, i) => tokenId(`solana:token${i}`))
    const added = await Promise.allSettled(tokens.map((token) => list.add('ann', token, {}, most)))
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect(added.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } })
    expect(await list.list('ann')).toHaveLength(2)
  })
}

const said = (kind: NewOwnTransaction['kind'], quantity: string, at: number): NewOwnTransaction => ({
  token: bitcoin,
  symbol: 'BTC',
  kind,
  quantity: price(quantity),
  at,
  note: null,
  ref: null,
  priceUsd: kind === 'send' ? null : price('2'),
  feeUsd: price('0'),
})

function testTransactions(db: () => Db): void {
  const limits = { now, most: 100 }
  const store = () => createPortfolioStore({ db: db(), ids: createIds({ clock, random: seededRandom(1) }) })

  it('gives amounts back to the last digit, newest first, to whom they belong', async () => {
    const own = store()
    const huge = { ...said('buy', '123456789012345678901.000000000000000001', now), priceUsd: price('0.000000001234') }
    await own.add('ann', [huge, said('buy', '1', now - 5), said('buy', '3', now)], limits)
    const page = await own.page('ann', { token: null, before: null, limit: 2 })
    expect(page.map(({ quantity }) => quantity)).toEqual(['3', '123456789012345678901.000000000000000001'])
    expect(page[1]!.priceUsd).toBe('0.000000001234')
    const last = page[1]!
    const next = await own.page('ann', { token: null, before: { at: last.at, id: last.id }, limit: 2 })
    expect(next.map(({ quantity }) => quantity)).toEqual(['1'])
    for (const id of page.map((one) => one.id)) {
      expect(await own.one('bob', id)).toBeNull()
      expect(await own.change('bob', id, (old) => old)).toBeNull()
      expect(await own.remove('bob', id)).toBe(false)
    }
    expect(await own.all('bob')).toEqual([])
  })

  it('keeps nothing of what would take more than is held, whether added, corrected or taken away', async () => {
    const own = store()
    const { ids } = await own.add('ann', [said('buy', '2', now - 10), said('sell', '2', now - 5)], limits)
    const before = await own.all('ann')
    const over = await own.add('ann', [said('receive', '1', now - 20), said('send', '1.5', now - 15)], limits)
    expect(over.unfit).toEqual([{ index: 1, why: 'it sends 1.5 BTC, and 1 is held by then' }])
    const sale = before[1]!
    const why = `the transaction ${sale.id} of ${toIso(now - 5)} sells 2 BTC, and `
    await expect(own.remove('ann', ids[0]!)).rejects.toMatchObject({
      code: 'conflict',
      message: `${why}0 is held by then`,
    })
    const less = own.change('ann', ids[0]!, (old) => ({ ...old, quantity: price('1') }))
    await expect(less).rejects.toThrow(`${why}1 is held by then`)
    const later = own.change('ann', ids[0]!, (old) => ({ ...old, at: now }))
    await expect(later).rejects.toThrow(`${why}0 is held by then`)
    expect(await own.all('ann')).toEqual(before)
    expect((await own.add('ann', [said('sell', '1', now - 7)], limits)).unfit).toEqual([
      { index: 0, why: `${why}1 is held by then` },
    ])
  })

  it('lets one of two sales through that are added at once and do not both fit', async () => {
    const own = store()
    await own.add('ann', [said('buy', '1', now - 10)], limits)
    const sales = await Promise.all([1, 2, 3].map(() => own.add('ann', [said('sell', '1', now)], limits)))
    expect(sales.filter(({ unfit }) => unfit.length === 0)).toHaveLength(1)
    expect(await own.all('ann')).toHaveLength(2)
  })

  it('takes what bears a name of its own once', async () => {
    const own = store()
    const named = { ...said('buy', '1', now), ref: 'order 7' }
    expect(await own.add('ann', [named], limits)).toMatchObject({ known: 0 })
    expect(await own.add('ann', [named, said('buy', '2', now)], limits)).toMatchObject({ known: 1 })
    expect(await own.add('bob', [named], limits)).toMatchObject({ known: 0 })
    expect((await own.all('ann')).map(({ quantity }) => quantity)).toEqual(['1', '2'])
  })

  it('tells the tokens that users watch or hold, what most of them do first, each user counted once', async () => {
    const own = store()
    const solana = tokenId('solana:native')
    const of = (token: typeof bitcoin) => ({ ...said('buy', '1', now), token })
    await own.add('ann', [of(ether), of(ether), of(ether), of(bitcoin)], limits)
    await own.add('bob', [of(solana), of(bitcoin)], limits)
    const list = createWatchlist({ db: db() })
    await list.add('ann', bitcoin, {}, limits)
    await list.add('cid', solana, {}, limits)
    await list.add('dan', bitcoin, {}, limits)
    expect(await list.neededTokens(10)).toEqual([bitcoin, solana, ether])
    expect(await list.neededTokens(2)).toEqual([bitcoin, solana])
  })

  it('refuses more than a tier may have', async () => {
    const many = Array.from({ length: 3 }, () => said('buy', '1', now))
    await expect(store().add('ann', many, { now, most: 2 })).rejects.toThrow(
      'that would be 3 transactions, and your tier may have 2',
    )
    expect(await store().all('ann')).toEqual([])
  })
}

const caller: Caller = { ...nobody, userId: 'ann', role: 'user' }
const tokenOf = (text: string): Token => ({
  id: text === 'BTC' ? bitcoin : tokenId(text),
  chain: 'x',
  address: 'native',
  symbol: text,
  name: text,
  catalogueId: null,
  marketCapRank: null,
  marketCapUsd: null,
  priceUsd: null,
})

function testImport(db: () => Db): void {
  const abort = new AbortController().signal
  const importOf = () => {
    const store = createPortfolioStore({ db: db(), ids: createIds({ clock, random: seededRandom(2) }) })
    const importCsv = createImport({ store, resolve: async (text) => tokenOf(text), clock })
    return { store, take: (text: string, dryRun = false) => importCsv(caller, { text, dryRun, abort }) }
  }
  const file = 'at,token,kind,quantity,price_usd\n2026-01-02,BTC,buy,2,10\n2026-01-03,BTC,sell,1,11\n'

  it('takes a file whole, or says what would come of it', async () => {
    const { store, take } = importOf()
    expect(await take(file, true)).toEqual({ dryRun: true, lines: 2, added: 2, known: 0, faults: [] })
    expect(await store.all('ann')).toEqual([])
    expect(await take(file)).toEqual({ dryRun: false, lines: 2, added: 2, known: 0, faults: [] })
    expect((await store.all('ann')).map(({ kind, quantity }) => `${kind} ${quantity}`)).toEqual(['buy 2', 'sell 1'])
  })

  it('takes nothing of a file with one line that is wrong, and names every such line', async () => {
    const { store, take } = importOf()
    const wrong = `${file}2026-01-04,BTC,sell,9,11\n`
    expect(await take(wrong)).toMatchObject({
      added: 0,
      faults: [{ line: 4, why: 'it sells 9 BTC, and 1 is held by then' }],
    })
    const worse = await take(`${file}2026-01-04,BTC,sell,-9,11\n2031-01-01,BTC,buy,1,1\n2026-01-05,BTC,buy,1,\n`)
    expect(worse.faults.map(({ line }) => line)).toEqual([4, 5, 6])
    expect(worse.faults[0]!.why).toMatch(/^quantity: must be a decimal number/)
    expect(worse.faults[1]!.why).toBe('at lies ahead: say what has happened')
    expect(worse.faults[2]!.why).toBe('priceUsd is missing: a buy has a price')
    expect(await store.all('ann')).toEqual([])
  })

  it('takes ten thousand lines at once, and no more', async () => {
    const { store, take } = importOf()
    const lines = Array.from({ length: 10_000 }, (_, i) => `2026-01-02,BTC,${i % 2 ? 'sell' : 'buy'},0.5,${i + 1}`)
    const head = 'at,token,kind,quantity,price_usd\n'
    expect(await take(head + lines.join('\r\n'))).toMatchObject({ lines: 10_000, added: 10_000, faults: [] })
    expect(await store.all('ann')).toHaveLength(10_000)
    await expect(take(`${head}${lines.join('\n')}\n${lines[0]}`)).rejects.toThrow('has 10001 lines, 10000 are allowed')
  }, 60_000)
}

function testPrices(db: () => Db): void {
  it('tells the last price with its source and age, and none that is older than two days', async () => {
    const figure = (token: string, value: string, at: number) =>
      db()
        .insertInto('newestFigure')
        .values({ tokenId: token, name: 'priceUsd', source: 'kraken', observedAt: toIso(at), value })
        .execute()
    await figure(bitcoin, '0.0000000012340', now - 60_000)
    await figure(ether, '5', now - 2 * 86_400_000 - 1)
    const told = await createToldTokens({ db: db(), clock, byId: async () => null })([bitcoin, ether])
    expect(told.get(bitcoin)!.price).toEqual({
      value: '0.000000001234',
      source: 'kraken',
      at: toIso(now - 60_000),
      ageMs: 60_000,
    })
    expect(told.get(ether)!.price).toBeNull()
  })
}
