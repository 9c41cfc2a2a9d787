import { Failure } from '@pumpiq/domain'

/** A mint account of the token programs: who may still do what to every holder. */
export type Mint = {
  supply: bigint
  decimals: number
  isMintable: boolean
  isFreezable: boolean
  /** May move and burn anybody's tokens. */
  hasPermanentDelegate: boolean
  /** Its own program runs in every transfer, or may be put there later. */
  hasTransferHook: boolean
  isPausable: boolean
  /** Accounts are born frozen, or cannot send at all. */
  isSendingBarred: boolean
  /** The higher of the fee of now and the one that is set for a later epoch. */
  transferFeeRatio: number
  isFeeChangeable: boolean
}

/** Programs whose accounts these are. */
const classic = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'
const extended = 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb'
export const isTokenProgram = (owner: string): boolean => owner === classic || owner === extended

const mintBytes = 82
/** Mints of Token-2022 are filled up to the length of an account, then say what they are. */
const typeAt = 165
const mintType = 1

/** Types of extensions (spl-token-2022, ExtensionType) and the least bytes of those that are read. */
const extensions = {
  transferFee: { type: 1, bytes: 108 },
  defaultState: { type: 6, bytes: 1 },
  nonTransferable: { type: 9, bytes: 0 },
  permanentDelegate: { type: 12, bytes: 32 },
  transferHook: { type: 14, bytes: 64 },
  pausable: { type: 26, bytes: 33 },
} as const

const frozen = 2
const feesAt = [88, 106] as const
const basisPoints = 10_000

const refused = (why: string) => new Failure('invalid', `the bytes are no mint: ${why}`)

/** Reads a mint account of either token program; throws for what is none. */
export function decodeMint(bytes: Uint8Array): Mint {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.length !== mintBytes && view.length <= typeAt) throw refused(`no mint has ${view.length} bytes`)
  if (view.length > typeAt && view[typeAt] !== mintType) throw refused(`the account is of type ${view[typeAt]}`)
  if (view[45] !== 1) throw refused('it is not initialised')
  const tags = [view.readUInt32LE(0), view.readUInt32LE(46)]
  if (tags.some((tag) => tag > 1)) throw refused('an authority is neither there nor absent')
  const found = view.length > typeAt ? extensionsOf(view.subarray(typeAt + 1)) : new Map<number, Buffer>()
  const of = ({ type, bytes: least }: (typeof extensions)[keyof typeof extensions]): Buffer | null => {
    const value = found.get(type)
    if (value && value.length < least) throw refused(`its extension ${type} has ${value.length} bytes`)
    return value ?? null
  }
  const fee = of(extensions.transferFee)
  const hook = of(extensions.transferHook)
  const pausable = of(extensions.pausable)
  const state = of(extensions.defaultState)
  const delegate = of(extensions.permanentDelegate)
  return {
    supply: view.readBigUInt64LE(36),
    decimals: view[44]!,
    isMintable: tags[0] === 1,
    isFreezable: tags[1] === 1,
    hasPermanentDelegate: delegate !== null && isSet(delegate.subarray(0, 32)),
    hasTransferHook: hook !== null && isSet(hook.subarray(0, 64)),
    isPausable: pausable !== null && (isSet(pausable.subarray(0, 32)) || pausable[32] === 1),
    isSendingBarred: state?.[0] === frozen || found.has(extensions.nonTransferable.type),
    transferFeeRatio: fee ? Math.max(...feesAt.map((at) => fee.readUInt16LE(at))) / basisPoints : 0,
    isFeeChangeable: fee !== null && isSet(fee.subarray(0, 32)),
  }
}

/** An authority that was given up is all zeros. */
const isSet = (bytes: Uint8Array): boolean => bytes.some((byte) => byte !== 0)

/** Type and length, two bytes each, then the value; type 0 is where they end. */
function extensionsOf(bytes: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>()
  for (let at = 0; at + 4 <= bytes.length;) {
    const type = bytes.readUInt16LE(at)
    const end = at + 4 + bytes.readUInt16LE(at + 2)
    if (type === 0) break
    if (end > bytes.length) throw refused(`its extension ${type} is cut off`)
    found.set(type, bytes.subarray(at + 4, end))
    at = end
  }
  return found
}
