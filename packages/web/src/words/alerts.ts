import type { ChosenKind, Delivery, DeliveryState } from '@pumpiq/api'
import { plural } from './show.ts'

export const kindNames: Record<ChosenKind, string> = {
  issued: 'New call to enter',
  'thesis-changed': 'The thesis of a token changed',
  entry: 'Entry reached',
  target1: 'Target 1 reached',
  target2: 'Target 2 reached',
  target3: 'Target 3 reached',
  stop: 'Stop reached',
  invalidated: 'Call invalidated',
  expiry: 'Horizon over',
  corrected: 'Outcome corrected',
  'source-down': 'A source does not answer',
}

export const chosenKinds = Object.keys(kindNames) as readonly ChosenKind[]

const channelNames: Readonly<Record<string, string>> = {
  email: 'E-mail',
  telegram: 'Telegram',
  discord: 'Discord',
  slack: 'Slack',
  'web-push': 'Browser (Web Push)',
  webhook: 'Webhook, signed',
}

/** A kind this page has not heard of keeps its id. */
export const channelName = (kind: string): string => channelNames[kind] ?? kind

const fieldNames: Readonly<Record<string, string>> = {
  address: 'Address',
  token: 'Bot token',
  chatId: 'Chat id',
  url: 'URL',
  secrets: 'Signing secret',
}

export const fieldName = (name: string): string => fieldNames[name] ?? name

/** What became of a message, in a word, and whether that is good. */
export const stateNames: Record<DeliveryState, readonly [name: string, tone: 'good' | 'bad' | 'flat']> = {
  waiting: ['Waiting', 'flat'],
  sending: ['Being sent', 'flat'],
  sent: ['Delivered', 'good'],
  maybe: ['Maybe delivered', 'flat'],
  refused: ['Not delivered', 'bad'],
  expired: ['Too old to deliver', 'bad'],
}

/** "BUY SOL: stop reached", and how many more where it is a digest. */
export function aboutOf({ titles, notices, digest }: Pick<Delivery, 'titles' | 'notices' | 'digest'>): string {
  const [first = 'Notices that are kept no more'] = titles
  if (!digest) return first
  return notices === 1 ? `Digest: ${first}` : `Digest of ${plural(notices, 'notice')}: ${first} …`
}

/** A secret to sign webhooks with: 32 random bytes. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return `whsec_${btoa(String.fromCharCode(...bytes))}`
}
