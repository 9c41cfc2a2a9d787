import { createECDH, hkdfSync } from 'node:crypto'
import { createSecret, type Secret } from './secret.ts'

/** Who we are to push services (RFC 8292): a P-256 key pair, base64url, and where our operator is reached. */
export type Vapid = { readonly subject: string; readonly publicKey: string; readonly privateKey: Secret }

/**
 * The key pair of this installation, derived from its secret, so that every process has the same and none is stored. `subject` is an
 * https: address of ours or a mailto: one.
 */
export function createVapid({ secret, subject }: { secret: Secret; subject: string }): Vapid {
  const curve = createECDH('prime256v1')
  // One in 2^32 numbers is no private key of the curve; then the next is taken.
  for (let turn = 0; ; turn++) {
    const bytes = Buffer.from(hkdfSync('sha256', secret.reveal(), 'pumpiq vapid v1', `key ${turn}`, 32))
    try {
      curve.setPrivateKey(bytes)
    } catch {
      continue
    }
    const publicKey = curve.getPublicKey('base64url', 'uncompressed')
    return { subject, publicKey, privateKey: createSecret(bytes.toString('base64url')) }
  }
}
