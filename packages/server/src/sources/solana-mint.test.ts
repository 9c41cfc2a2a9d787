import { Failure } from '@pumpiq/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMint } from './solana-mint.ts'

type Authorities = { mint?: boolean; freeze?: boolean }

/** A mint of the old program: 82 bytes. */
function plain({ mint = false, freeze = false }: Authorities = {}, supply = 5n): Buffer {
  const bytes = Buffer.alloc(82)
  bytes.writeUInt32LE(mint ? 1 : 0, 0)
  bytes.writeBigUInt64LE(supply, 36)
  bytes[44] = 9
  bytes[45] = 1
  bytes.writeUInt32LE(freeze ? 1 : 0, 46)
  return bytes
}

/** A mint of Token-2022: filled up to 165 bytes, its type, then extensions. */
function extended(...extensions: readonly (readonly [type: number, value: Buffer])[]): Buffer {
  const head = Buffer.alloc(166)
  plain().copy(head)
  head[165] = 1
  const parts = extensions.map(([type, value]) => {
    const part = Buffer.alloc(4 + value.length)
    part.writeUInt16LE(type, 0)
    part.writeUInt16LE(value.length, 2)
    value.copy(part, 4)
    return part
  })
  return Buffer.concat([head, ...parts])
}

const filled = (length: number, from = 0, to = length) => Buffer.alloc(length).fill(7, from, to)
const thrown = (bytes: Uint8Array): unknown => {
  try {
    return decodeMint(bytes)
  } catch (reason) {
    return reason
  }
}

describe('a mint', () => {
  it('of which everything was given up has no danger', () => {
    expect(decodeMint(plain())).toEqual({
      supply: 5n,
      decimals: 9,
      isMintable: false,
      isFreezable: false,
      hasPermanentDelegate: false,
      hasTransferHook: false,
      isPausable: false,
      isSendingBarred: false,
      transferFeeRatio: 0,
      isFeeChangeable: false,
    })
  })

  it('keeps every supply exactly, and says who may mint and freeze', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.boolean(), fc.boolean(), (supply, mint, freeze) => {
        const read = decodeMint(plain({ mint, freeze }, supply))
        expect([read.supply, read.isMintable, read.isFreezable]).toEqual([supply, mint, freeze])
      }),
    )
  })

  it('has each danger that an extension brings, and none where its authority was given up', () => {
    const dangers: readonly (readonly [keyof ReturnType<typeof decodeMint>, number, Buffer, Buffer])[] = [
      ['hasPermanentDelegate', 12, filled(32), Buffer.alloc(32)],
      ['hasTransferHook', 14, filled(64, 32), Buffer.alloc(64)],
      ['hasTransferHook', 14, filled(64, 0, 32), Buffer.alloc(64)],
      ['isPausable', 26, filled(33, 0, 32), Buffer.alloc(33)],
      ['isSendingBarred', 6, Buffer.from([2]), Buffer.from([1])],
      ['isFeeChangeable', 1, filled(108, 0, 32), filled(108, 64)],
    ]
    for (const [danger, type, there, gone] of dangers) {
      expect(decodeMint(extended([18, filled(64)], [type, there]))[danger], `${type}`).toBe(true)
      expect(decodeMint(extended([type, gone], [18, filled(64)]))[danger], `${type}`).toBe(false)
    }
    expect(decodeMint(extended([9, Buffer.alloc(0)])).isSendingBarred).toBe(true)
  })

  it('has the higher of the fee of now and the next', () => {
    for (const at of [88, 106]) {
      const fee = Buffer.alloc(108)
      fee.writeUInt16LE(350, at)
      expect(decodeMint(extended([1, fee])).transferFeeRatio).toBe(0.035)
    }
  })
})

describe('bytes that are no mint are refused:', () => {
  it('of no mint’s length, of a token account, not initialised, with half an authority, with a cut extension', () => {
    const account = extended()
    account[165] = 2
    const asleep = plain()
    asleep[45] = 0
    const half = plain()
    half.writeUInt32LE(2, 46)
    const cut = extended([12, filled(32)]).subarray(0, -1)
    for (const bytes of [
      plain().subarray(0, 81),
      Buffer.alloc(165),
      account,
      asleep,
      half,
      cut,
      extended([12, filled(31)]),
    ])
      expect(thrown(bytes)).toBeInstanceOf(Failure)
  })

  it('any bytes are read or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (noise, isMint) => {
        const said = thrown(isMint ? Buffer.concat([extended(), noise]) : noise)
        if (said instanceof Error) expect(said).toBeInstanceOf(Failure)
      }),
      { numRuns: 1_000 },
    )
  })
})
