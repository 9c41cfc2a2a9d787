import { isFailure, type Failure } from '@pumpiq/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSecret } from './secret.ts'
import { createVapid } from './vapid.ts'
import { createVault } from './vault.ts'

const vault = createVault({ secret: createSecret('a secret of this installation, 40 letters') })
const place = { userId: 'user-1', purpose: 'channel target' }
const target = '{"url":"https://hooks.example.com/s3cret"}'

const failureOf = (run: () => unknown): Failure => {
  try {
    run()
  } catch (thrown) {
    if (isFailure(thrown)) return thrown
    throw thrown
  }
  throw new Error('nothing was thrown')
}

describe('the vault', () => {
  it('gives back what was sealed, whatever it is, and never seals twice alike', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.string(),
        fc.string(),
        (text, userId, purpose) => {
          const sealed = vault.seal({ userId, purpose }, text)
          expect(vault.open({ userId, purpose }, sealed)).toBe(text)
          expect(vault.seal({ userId, purpose }, text)).not.toBe(sealed)
        },
      ),
    )
  })

  it('opens for the user and the purpose it was sealed for only', () => {
    const sealed = vault.seal(place, target)
    for (const other of [
      { ...place, userId: 'user-2' },
      { ...place, purpose: 'another' },
      { userId: 'channel target', purpose: 'user-1' },
      { userId: '', purpose: '' },
    ]) {
      expect(failureOf(() => vault.open(other, sealed)).code).toBe('broken')
    }
  })

  it('opens nothing that was altered by one character anywhere, or cut', () => {
    const sealed = vault.seal(place, target)
    for (let at = 0; at < sealed.length; at++) {
      for (const letter of ['A', 'b', '-', '.', '=']) {
        if (sealed[at] === letter) continue
        const altered = `${sealed.slice(0, at)}${letter}${sealed.slice(at + 1)}`
        expect(failureOf(() => vault.open(place, altered)).code).toBe('broken')
      }
      expect(failureOf(() => vault.open(place, sealed.slice(0, at))).code).toBe('broken')
    }
    expect(failureOf(() => vault.open(place, `${sealed}=`)).code).toBe('broken')
  })

  it('says when another secret was in use, and says nothing of what is sealed', () => {
    const other = createVault({ secret: createSecret('another secret of this installation, also long') })
    const failure = failureOf(() => other.open(place, vault.seal(place, target)))
    expect(failure.message).toContain('another PUMPIQ_SECRET')
    expect(vault.seal(place, target)).not.toContain('s3cret')
    expect(JSON.stringify([failure.message, failure.stack])).not.toContain('s3cret')
  })
})

describe('the key pair for push services', () => {
  const make = (secret: string) => createVapid({ secret: createSecret(secret), subject: 'https://pumpiq.example' })

  it('is the same for every process that has the secret, and another for another', () => {
    expect(make('one').publicKey).toBe(make('one').publicKey)
    expect(make('one').publicKey).not.toBe(make('two').publicKey)
    const { publicKey, privateKey } = make('one')
    expect([Buffer.from(publicKey, 'base64url').length, Buffer.from(publicKey, 'base64url')[0]]).toEqual([65, 4])
    expect(Buffer.from(privateKey.reveal(), 'base64url')).toHaveLength(32)
    expect(JSON.stringify(make('one'))).not.toContain(privateKey.reveal())
  })
})
