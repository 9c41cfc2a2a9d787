import { createHmac } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The code that an authenticator app shows for a secret (RFC 6238: SHA-1, 30 seconds, six digits). */
export function oneTimeCode(secret: string, atMs: number): string {
  const bits = [...secret.replaceAll(/[\s=]/g, '')].map((char) => alphabet.indexOf(char).toString(2).padStart(5, '0'))
  const bytes = bits.join('').match(/.{8}/g) ?? []
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)))
  const mac = createHmac('sha1', Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2))))
    .update(counter)
    .digest()
  const word = mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff
  return String(word % 1_000_000).padStart(6, '0')
}
