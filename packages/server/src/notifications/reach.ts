import { Failure } from '@pumpiq/domain'
import type { Vault } from '../platform/vault.ts'
import type { Outlet } from './channel.ts'
import type { TargetVault } from './store.ts'

/** How this installation reaches its users. */
export type Reach = {
  /** Where its pages are for them; null without a PUBLIC_URL. */
  readonly publicUrl: string | null
  readonly outlet: Outlet
  /** Null where there is no secret to keep targets under. */
  readonly vault: Vault | null
}

const noSecret =
  'PUMPIQ_SECRET is not set: the processes of a cluster need the same one to keep what users give for their channels'
const purpose = 'notification channel'

/** Targets, each sealed for its user alone. */
export function targetVault({ vault }: Pick<Reach, 'vault'>): TargetVault {
  const there = () => {
    if (!vault) throw new Failure('unavailable', noSecret)
    return vault
  }
  return {
    seal: (userId, text) => there().seal({ userId, purpose }, text),
    open: (userId, sealed) => there().open({ userId, purpose }, sealed),
  }
}

/** Why a kind of channel cannot be used here; null when it can. */
export const missingFor =
  ({ vault, outlet }: Reach) =>
  (kind: string): string | null => {
    if (!vault) return noSecret
    if (kind === 'email' && !outlet.mail) return 'SMTP_URL is not set, so no e-mail can be sent'
    if (kind === 'web-push' && !outlet.vapid)
      return 'PUBLIC_URL is not set to an https:// address, which browsers ask for'
    return null
  }
