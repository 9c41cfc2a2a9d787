import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Failure } from '@pumpiq/domain'
import type { Secret } from './secret.ts'

/** Whom a sealed text belongs to and what it is for; it opens with the same two only. */
export type VaultPlace = { readonly userId: string; readonly purpose: string }

export type Vault = ReturnType<typeof createVault>

const form = 'v1'
const nonceBytes = 12
const tagBytes = 16

/**
 * Seals what users entrust to us, for the database: AES-256-GCM under a key of the user's own, which HKDF-SHA-256 derives from the
 * installation's secret. The form is `v1.<mark of the secret>.<base64url of nonce, sealed bytes, tag>`. User and purpose are authenticated:
 * a text that is moved to another user or another use does not open.
 */
export function createVault({ secret }: { secret: Secret }) {
  const derive = (info: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret.reveal(), 'pumpiq vault v1', info, length))
  // Tells a text of another secret from one that was altered; of the secret itself it tells nothing.
  const mark = derive('mark', 6).toString('base64url')
  const keyOf = (userId: string) => derive(`user ${userId}`, 32)

  return {
    seal({ userId, purpose }: VaultPlace, text: string): string {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', keyOf(userId), nonce).setAAD(aad(userId, purpose))
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${form}.${mark}.${sealed.toString('base64url')}`
    },

    /** Failure broken when the text is not what was sealed for this user and purpose, or was sealed under another secret. */
    open({ userId, purpose }: VaultPlace, sealed: string): string {
      const [version, of, body = '', ...more] = sealed.split('.')
      if (version !== form || more.length > 0 || !/^[\w-]+$/.test(body))
        throw new Failure('broken', `a sealed ${purpose} is not of a form we know`)
      if (of !== mark)
        throw new Failure('broken', `a sealed ${purpose} was sealed under another PUMPIQ_SECRET than the one in use`)
      const bytes = Buffer.from(body, 'base64url')
      // Two spellings of one text would be a door for alterations.
      if (bytes.length < nonceBytes + tagBytes || bytes.toString('base64url') !== body) throw altered(purpose)
      const cipher = createDecipheriv('aes-256-gcm', keyOf(userId), bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      })
      cipher.setAAD(aad(userId, purpose)).setAuthTag(bytes.subarray(-tagBytes))
      try {
        return Buffer.concat([cipher.update(bytes.subarray(nonceBytes, -tagBytes)), cipher.final()]).toString('utf8')
      } catch {
        throw altered(purpose)
      }
    },
  }
}

/** JSON, so that no two pairs read alike. */
const aad = (userId: string, purpose: string): Buffer => Buffer.from(JSON.stringify([form, userId, purpose]))

const altered = (purpose: string): Failure =>
  new Failure('broken', `a sealed ${purpose} was altered, or is another user's, and is not opened`)
