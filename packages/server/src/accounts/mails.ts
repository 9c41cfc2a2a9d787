import { seconds } from '@pumpiq/domain'
import type { Mail } from '../network/mail.ts'
import type { Clock } from '../platform/clock.ts'
import type { Ids } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'

type Needs = {
  readonly send: (mail: Mail, abort?: AbortSignal) => Promise<void>
  readonly publicUrl: string | null
  readonly clock: Pick<Clock, 'sleep'>
  readonly ids: Ids
  readonly log: Log
}

export type AccountMails = ReturnType<typeof createAccountMails>

/** Until then the answer is out: nothing that is done for a known address alone makes it later. */
const untilAnsweredMs = 200
const pausesMs = [seconds(5), seconds(60)]

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string) => text.replace(/[&<>"]/g, (found) => marks[found]!)

/**
 * Mails about accounts. Nobody waits for them: how long one takes would tell whether an address is known. One that does not go out is tried
 * again twice; what waits when the process ends is lost, and can be asked for again.
 */
export function createAccountMails({ send, publicUrl, clock, ids, log }: Needs) {
  const stop = new AbortController()
  const under = new Set<Promise<unknown>>()

  async function deliver(mail: Mail): Promise<void> {
    for (const pauseMs of [...pausesMs, null]) {
      try {
        return await send(mail, stop.signal)
      } catch (error) {
        if (pauseMs === null || stop.signal.aborted)
          return log.warn('a mail about an account could not be sent', { error })
        await clock.sleep(pauseMs, stop.signal)
      }
    }
  }

  async function tried(work: () => Promise<unknown>): Promise<void> {
    try {
      await clock.sleep(untilAnsweredMs, stop.signal)
      await work()
    } catch (error) {
      if (!stop.signal.aborted) log.warn('a mail about an account could not be made', { error })
    }
  }

  function later(work: () => Promise<unknown>): void {
    const done = tried(work).finally(() => under.delete(done))
    under.add(done)
  }

  function post(to: string, subject: string, lines: readonly string[]): void {
    const html = lines.map((line) => `<p>${escape(line)}</p>`).join('')
    const mail = { to, subject, text: lines.join('\n\n'), html: `<!doctype html><html><body>${html}</body></html>` }
    later(() => deliver({ ...mail, messageId: ids.next() }))
  }

  /** Without a PUBLIC_URL we do not know where our pages are: then the token stands alone. */
  const linked = (path: string, token: string) =>
    publicUrl === null ? `The token: ${token}` : `${publicUrl}${path}?token=${encodeURIComponent(token)}`

  return {
    /** Work that ends in a mail, after the answer is out. */
    later,
    verify: (to: string, token: string) =>
      post(to, 'Verify your address', [
        'Somebody made an account at PumpIQ with this address. If it was you, verify it within a day:',
        linked('/verify-email', token),
        'If it was not you, there is nothing to do: without this the account cannot be used.',
      ]),
    reset: (to: string, token: string) =>
      post(to, 'A new password', [
        'Somebody asked for a new password for the account of this address at PumpIQ. If it was you, choose one within an hour:',
        linked('/reset-password', token),
        'If it was not you, there is nothing to do: the password stays as it is.',
      ]),
    known: (to: string) =>
      post(to, 'You have an account already', [
        'Somebody wanted to have this address for an account at PumpIQ. It has one already, which stays as it is.',
        'If it was you, sign in, or ask for a new password. If it was not you, there is nothing to do.',
      ]),
    /** To the new address. */
    confirm: (to: string, token: string) =>
      post(to, 'Confirm your new address', [
        'Somebody wants to have this address for an account at PumpIQ. If it is you, confirm it within a day, signed in to the account:',
        linked('/confirm-email', token),
        'If it is not you, there is nothing to do: the account keeps the address that it has.',
      ]),
    /** To the old address, before anything has changed. */
    moving: (to: string, next: string) =>
      post(to, 'Your address is to change', [
        `Somebody who knows your password asked that your account at PumpIQ has the address ${next} from now on. It counts once it is confirmed from there.`,
        'If it was not you, change your password now: that stops it.',
      ]),
    /** To the old address, once it is that no more. */
    moved: (to: string, next: string) =>
      post(to, 'Your address has changed', [
        `Your account at PumpIQ has the address ${next} from now on, where you sign in and are written to.`,
        'If it was not you, tell whoever runs this installation.',
      ]),
    /** Resolves when nothing is under way any more; what waits for another try is given up. */
    async close(): Promise<void> {
      stop.abort(new Error('the server closes'))
      while (under.size > 0) await Promise.all(under)
    },
  }
}
