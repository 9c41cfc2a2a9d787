import { Claim, createNameIndex, lexiconReader, type CatalogueToken } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { createReader, type KeptClaims } from './read.ts'

const bitcoin: CatalogueToken = { id: 'bitcoin:native', symbol: 'BTC', name: 'Bitcoin', marketCapRank: 1 }

function inMemory() {
  const kept = new Map<string, Claim>()
  const asked: string[][] = []
  const written: string[][] = []
  const store: KeptClaims = {
    get: (ids) => {
      asked.push([...ids])
      return Promise.resolve(new Map(ids.flatMap((id) => (kept.has(id) ? [[id, kept.get(id)!] as const] : []))))
    },
    put: (claims) => {
      written.push(claims.map(({ document }) => document))
      for (const claim of claims) kept.set(claim.document, claim)
      return Promise.resolve()
    },
  }
  return { kept, asked, written, store, read: createReader({ store, names: () => createNameIndex([bitcoin]) }) }
}

const hacked = { id: 'x:1', title: 'Bitcoin exchange hacked, $200M stolen', text: '' }
const listed = { id: 'x:2', title: '', text: 'Bitcoin is now available on a new exchange' }

describe('the reader', () => {
  it('makes one valid claim of each document, in the order of the documents', async () => {
    const { read } = inMemory()
    const claims = await read([listed, hacked, listed])
    expect(claims.map(({ document }) => document)).toEqual(['x:2', 'x:1', 'x:2'])
    for (const claim of claims) expect(Claim.parse(claim)).toEqual(claim)
    expect(claims[1]).toMatchObject({ event: 'hack', reader: lexiconReader, quote: hacked.title })
    expect(claims[1]!.sentiment).toBeLessThan(-0.5)
    expect(claims[1]!.tokens[0]!.id).toBe('bitcoin:native')
  })

  it('reads a document once, however often it comes', async () => {
    const { read, written } = inMemory()
    const first = await read([hacked])
    expect(await read([hacked, listed])).toEqual([...first, expect.objectContaining({ document: 'x:2' })])
    await read([hacked, listed])
    expect(written).toEqual([['x:1'], ['x:2']])
  })

  it('reads anew what an older version has read', async () => {
    const { read, kept, written } = inMemory()
    const [claim] = await read([hacked])
    kept.set('x:1', { ...claim!, reader: 'lexicon-0', sentiment: 1 })
    expect(await read([hacked])).toEqual([claim])
    expect(kept.get('x:1')).toEqual(claim)
    expect(written).toEqual([['x:1'], ['x:1']])
  })

  it('asks for nothing when there is no document, and keeps nothing when keeping fails', async () => {
    const { read, written } = inMemory()
    expect(await read([])).toEqual([])
    expect(written).toEqual([])
    const failing = createReader({
      store: { get: () => Promise.resolve(new Map()), put: () => Promise.reject(new Error('the database is away')) },
      names: () => createNameIndex([]),
    })
    await expect(failing([hacked])).rejects.toThrow('the database is away')
  })
})
