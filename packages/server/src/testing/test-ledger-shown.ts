import { canonical } from '@pumpiq/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db, Tx } from '../db/db.ts'
import { sha256Hex } from '../platform/hash.ts'
import { silentLog } from '../platform/log.ts'
import { sampleRecommendation } from '../recommendations/test-recommendation.ts'
import { createLedger, type Ledger } from '../ledger/ledger.ts'
import { insertRows } from '../ledger/rows.ts'
import { seal, type Sealed } from '../ledger/seal.ts'
import { verifyExport } from '../ledger/verify.ts'

type Call = { user: string; brief: string; opinion?: string }

/** Bodies as the rooms above seal them, with their rows. */
function sealing(ledger: Ledger) {
  let calls = 0
  return {
    async inputs(body: object): Promise<string> {
      const text = canonical(body)
      const hash = sha256Hex(text)
      await ledger.append({ kind: 'inputs', hash, body }, async (tx) => {
        await tx.insertInto('inputs').values({ hash, body: text }).execute()
      })
      return hash
    },
    async call({ user, brief, opinion }: Call): Promise<string> {
      const id = `01920000-0000-7000-8000-${String(++calls).padStart(12, '0')}`
      const { engine } = sampleRecommendation({})
      const house = user === 'house'
      const sealedAs = sampleRecommendation({
        id,
        house,
        inputsHash: brief,
        engine: { ...engine, ...(opinion !== undefined && { opinionHash: opinion }) },
      })
      await ledger.append({ kind: 'recommendation', ...sealedAs }, (tx, { seq }) => insertCall(tx, user, sealedAs, seq))
      return id
    },
    async outcome(recommendationId: string): Promise<void> {
      await ledger.append({ kind: 'outcome', recommendation: recommendationId }, async (tx, { seq }) => {
        const row = { recommendationId, version: 1, status: 'EXPIRED', endedAt: '2024-01-02T00:00:00.000Z' }
        await tx
          .insertInto('outcomes')
          .values({ ...row, rMultiple: null, document: '{}', ledgerSeq: seq })
          .execute()
      })
    },
    other: (body: unknown): Promise<Sealed> => ledger.append(body),
    /** What the database lost, or never had. */
    lost: async () => void (await ledger.append({ kind: 'recommendation', ...sampleRecommendation({ house: false }) })),
  }
}

async function insertCall(
  tx: Tx,
  userId: string,
  document: ReturnType<typeof sampleRecommendation>,
  ledgerSeq: number,
) {
  const { id, house, token, symbol, type, timeframe, mode, issuedAt, expiresAt, score } = document
  const row = { id, house, symbol, type, timeframe, mode, issuedAt, expiresAt, score }
  await tx
    .insertInto('recommendations')
    .values({ ...row, userId, tokenId: token, document: JSON.stringify(document), ledgerSeq })
    .execute()
}

/** The chain of the test, and of whom each record is. */
async function writeChain(ledger: Ledger): Promise<string[]> {
  const { inputs, call, outcome, other, lost } = sealing(ledger)
  const of: string[] = []
  const also = async <T>(whose: string, work: Promise<T>): Promise<T> => {
    of.push(whose)
    return work
  }
  const shared = await also(
    'house and ben',
    inputs({ candles: [1, 2], text: 'says "evidenceHash":"' + 'f'.repeat(64) }),
  )
  const bens = await also('ben', inputs({ candles: [3] }))
  const briefOf = (house: boolean, evidenceHash: string | null, portfolioQuote: number) =>
    inputs({ house, evidenceHash, profile: { portfolioQuote } })
  const brief = await also('ben', briefOf(false, shared, 1_111))
  const ofBen = await also('ben', call({ user: 'ben', brief }))
  const second = await also('ben', briefOf(false, bens, 2_222))
  const opinion = await also('ben', inputs({ words: 'of a model' }))
  await also('ben', call({ user: 'ben', brief: second, opinion }))
  const houseBrief = await also('house', briefOf(true, shared, 0))
  const houseOpinion = await also('house', inputs({ words: 'of another' }))
  const ofHouse = await also('house', call({ user: 'house', brief: houseBrief, opinion: houseOpinion }))
  await also('ben', outcome(ofBen))
  await also('house', outcome(ofHouse))
  const ofCarol = await also('carol', briefOf(false, null, 3_333))
  await also('carol', call({ user: 'carol', brief: ofCarol }))
  await also('nobody known', inputs({ candles: ['of a call that was never made'] }))
  await also('nobody known', other({ kind: 'of another time' }))
  await also('nobody known', lost())
  return of
}

const read = async (lines: AsyncIterable<string>): Promise<string[]> => {
  const all: string[] = []
  for await (const line of lines) all.push(line)
  return all
}

/** What both databases owe: to each what is his and the house's, of the rest the place in the chain. */
export function testLedgerShown(name: string, open: () => Promise<Db>): void {
  describe(`the ledger as it is shown, on ${name}`, () => {
    let db: Db
    let ledger: Ledger
    let of: string[]
    beforeAll(async () => {
      db = await open()
      ledger = createLedger({ db, file: null, log: silentLog })
      of = await writeChain(ledger)
    }, 120_000)
    afterAll(() => db.destroy())

    it.each([
      ['nobody', null, ['house', 'house and ben']],
      ['a user without calls', 'dora', ['house', 'house and ben']],
      ['a user', 'ben', ['ben', 'house', 'house and ben']],
      ['another user', 'carol', ['carol', 'house', 'house and ben']],
    ])('gives %s the bodies that are his to see, of the rest the place alone, and verifies', async (_, user, seen) => {
      const whole = await read(ledger.exportLines())
      const shown = await read(ledger.exportShown(user))
      const wanted = whole.map((line, i) => (seen.includes(of[i]!) ? line : line.replace(/"body":.*/, '"body":null}')))
      expect(shown).toEqual(wanted)
      const withheld = of.filter((whose) => !seen.includes(whose)).length
      const head = await ledger.head()
      expect(await verifyExport(shown, { head, mayWithhold: true })).toMatchObject({ ok: true, withheld, count: 17 })
    })

    it('goes on over pages, in order and to the end', async () => {
      const records: Sealed[] = []
      for (let last = await ledger.head(); records.length < 1_200; last = records.at(-1)!)
        records.push(seal(last, { kind: 'of another time', n: records.length }))
      await insertRows(db as Tx, records)
      const shown = await read(ledger.exportShown(null))
      expect(await verifyExport(shown, { head: await ledger.head(), mayWithhold: true })).toMatchObject({
        ok: true,
        count: 1_217,
      })
    })
  })
}
