import { Failure } from '@pumpiq/domain'
import type { SMTPTransportOptions } from 'nodemailer/lib/smtp-transport'
import type { Secret } from '../platform/secret.ts'
import { postFailure } from './post-failure.ts'

export type Mail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The same in every repetition, of letters, digits and hyphens: receivers know by it what they have. The sender's domain is added. */
  readonly messageId: string
}

type Needs = {
  /** `smtp://` or `smtps://`, with user and password; `?from=` is the sender where the user is no address. */
  smtpUrl: Secret
  /** For one mail in all; ms. */
  withinMs?: number
}

const phaseMs = 10_000
const mailAddress = /^[^\s@<>(),;:"[\]\\]{1,64}@[a-z0-9.-]{1,253}$/i

/**
 * E-mail over the operator's server, one conversation a mail. User and password are never sent in the clear over a network. Throws Failures
 * with a fate: what the server said decides, and where it said nothing, whether the message itself had begun to leave.
 */
export function createMail({ smtpUrl, withinMs = 15_000 }: Needs) {
  const { options, from } = read(smtpUrl.reveal())

  return async function sendMail(mail: Mail, abort?: AbortSignal): Promise<void> {
    // Loaded at the first mail: most installations send none.
    const { createTransport } = await import('nodemailer')
    const talk = watched()
    const late = AbortSignal.timeout(withinMs)
    try {
      await createTransport({ ...options, transactionLog: true, logger: talk.logger }).sendMail({
        from: { name: 'PumpIQ', address: from },
        to: { name: '', address: mail.to },
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: `<${mail.messageId}@${from.slice(from.lastIndexOf('@') + 1)}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: abort ? AbortSignal.any([abort, late]) : late,
      })
    } catch (thrown) {
      // What bears no code of the library's is a bug.
      if ((thrown as SmtpFault).code === undefined) throw thrown
      throw failureOf(thrown as SmtpFault, talk.begun())
    }
  }
}

function read(text: string): { options: SMTPTransportOptions; from: string } {
  const url = new URL(text)
  const user = decodeURIComponent(url.username)
  const from = url.searchParams.get('from') ?? user
  if (!mailAddress.test(from))
    throw new Failure('invalid', 'SMTP_URL names no sender: its user, or ?from= at its end, must be an e-mail address')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const secure = url.protocol === 'smtps:'
  const here = /^(localhost|127\.[\d.]+|::1)$/.test(host)
  const options = {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && !here && user !== '',
    ...(user !== '' && { auth: { user, pass: decodeURIComponent(url.password) } }),
    connectionTimeout: phaseMs,
    greetingTimeout: phaseMs,
    socketTimeout: phaseMs,
  }
  return { options, from }
}

/** Listens to the conversation for the one thing that errors do not tell: whether the server had asked for the message. */
function watched() {
  let said = ''
  let begun = false
  const hear = (entry: { tnx?: string }, line: string) => {
    if (entry.tnx === 'client') said = line
    if (entry.tnx === 'server' && said === 'DATA' && /^[23]/.test(line)) begun = true
  }
  const nothing = () => {}
  const logger = {
    trace: nothing,
    debug: hear,
    info: nothing,
    warn: nothing,
    error: nothing,
    fatal: nothing,
    level: nothing,
  }
  return { logger, begun: () => begun }
}

type SmtpFault = { code?: string; responseCode?: number; response?: string; command?: string }

/** Codes only: what servers write names mailboxes, and may quote us. */
function failureOf({ code = 'unknown', responseCode, response = '', command }: SmtpFault, begun: boolean): Failure {
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]
  const status = `the mail server answered ${responseCode}${enhanced === undefined ? '' : ` (${enhanced})`}`
  if (code === 'EAUTH')
    return postFailure('unreached', 'the mail server does not accept the user and password of SMTP_URL')
  if (code === 'ETLS') return postFailure('unreached', 'the mail server offers no encryption that can be trusted')
  // What is refused before the envelope is refused to us, not to the receiver.
  const ofThis = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (responseCode !== undefined && responseCode >= 500 && ofThis) {
    const noMailbox = command === 'RCPT TO' && /^5\.(1\.(1|2|3|6|10)|2\.1)$/.test(enhanced ?? '')
    return postFailure(noMailbox ? 'gone' : 'refused', noMailbox ? `${status}: there is no such mailbox` : status)
  }
  if (responseCode !== undefined && responseCode >= 400) return postFailure('unreached', status)
  if (begun) return postFailure('unknown', 'the mail server took the message and then said nothing')
  // The library's own refusals, such as of an address that it cannot write.
  if (ofThis) return postFailure('refused', 'the message cannot be written as an e-mail')
  return postFailure('unreached', `the mail server could not be reached (${code})`)
}
