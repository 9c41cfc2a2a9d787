import { describe, expect, it } from 'vitest'
import { openSmtp } from '../notifications/fake-smtp.ts'
import { createSecret } from '../platform/secret.ts'
import { createMail, type Mail } from './mail.ts'
import { fateOf } from './post-failure.ts'

const mail: Mail = { to: 'reader@example.com', subject: 'Grüße', text: 'Text', html: '<p>Text</p>', messageId: 'id-1' }

describe('mail', () => {
  it.each([
    'smtp://127.0.0.1',
    'smtp://user:word@127.0.0.1',
    'smtp://127.0.0.1?from=nobody',
    'smtp://127.0.0.1?from=a%40b.example%0d%0aX',
  ])('is not set up without a sender, and says so without the password: %s', (url) => {
    expect(() => createMail({ smtpUrl: createSecret(url) })).toThrow(/^SMTP_URL names no sender((?!word).)*$/)
  })

  it('goes out whole, with an id under the domain of its sender', async () => {
    const server = await openSmtp()
    await server.outlet.mail!(mail)
    const { seen, raw, key } = server.taken[0]!
    expect(key).toBe('<id-1@sender.example>')
    expect(seen).toContain('Grüße\nText')
    expect(raw).toMatch(/^From: PumpIQ <pumpiq@sender.example>\r$/m)
    expect(raw).toMatch(/^To: reader@example.com\r$/m)
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    await server.close()
  })

  it('has no headers that a subject or an address would add', async () => {
    const server = await openSmtp()
    await server.outlet.mail!({ ...mail, subject: 'a\r\nBcc: victim@example.com' })
    expect(server.taken[0]!.raw).not.toMatch(/^Bcc:/m)
    const thrown = await server.outlet.mail!({ ...mail, to: 'a@example.com\r\nRCPT TO:<victim@example.com>' }).catch(
      (reason: unknown) => reason,
    )
    expect([fateOf(thrown), server.taken.length]).toEqual(['refused', 1])
    await server.close()
  })

  it('ends when the caller goes away, before the message has begun or after', async () => {
    const server = await openSmtp(60_000)
    await expect(server.outlet.mail!(mail, AbortSignal.abort())).rejects.toSatisfy(
      (thrown) => fateOf(thrown) === 'unreached',
    )
    const leaving = new AbortController()
    server.next('silent')
    const sending = server.outlet.mail!(mail, leaving.signal)
    setTimeout(() => leaving.abort(), 300)
    await expect(sending).rejects.toSatisfy((thrown) => fateOf(thrown) === 'unknown')
    await server.close()
  })

  it('does not send a password in the clear over a network', async () => {
    // A name that leads to this machine without saying so: here the server offers no TLS.
    const server = await openSmtp()
    const { port } = new URL(server.address)
    const outward = createMail({ smtpUrl: createSecret(`smtp://a%40b.example:word@[::ffff:127.0.0.1]:${port}`) })
    await expect(outward(mail)).rejects.toSatisfy((thrown) => fateOf(thrown) === 'unreached')
    expect([server.taken.length, server.lines.some((line) => line.startsWith('AUTH'))]).toEqual([0, false])
    await server.close()
  })
})
