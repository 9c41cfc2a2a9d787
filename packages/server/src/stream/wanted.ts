import { mostStreamTokens, streamChannels, type StreamChannel, type StreamCommand, type StreamEvent } from '@pumpiq/api'

/** What a listener wants to hear: null tokens mean all. */
export type Wanted = { readonly channels: ReadonlySet<StreamChannel>; readonly tokens: ReadonlySet<string> | null }

/** Equal for those who are told the same. */
export const keyOf = ({ channels, tokens }: Wanted): string =>
  `${streamChannels.filter((name) => channels.has(name)).join()} ${tokens === null ? '*' : [...tokens].toSorted().join()}`

/** The channel an event is told on and the token it is of; null: all listeners of the channel. */
export function placeOf(event: StreamEvent): { channel: StreamChannel; token: string | null } | null {
  if (event.event === 'recommendation') return { channel: 'recommendations', token: event.recommendation.token }
  if (event.event === 'outcome') return { channel: 'outcomes', token: event.outcome.token }
  if (event.event === 'price') return { channel: 'prices', token: event.token }
  return event.event === 'sources' ? { channel: 'sources', token: null } : null
}

export function isWanted({ channels, tokens }: Wanted, event: StreamEvent): boolean {
  const place = placeOf(event)
  if (place === null || !channels.has(place.channel)) return false
  return tokens === null || place.token === null || tokens.has(place.token)
}

export const hearsSealed = ({ channels }: Wanted): boolean =>
  channels.has('recommendations') || channels.has('outcomes')

/** What is wanted after a command; a sentence where it cannot be followed. */
export function changed({ channels, tokens }: Wanted, command: StreamCommand): Wanted | string {
  if ('unsubscribe' in command) {
    const { channels: noMore = [], tokens: without } = command.unsubscribe
    if (without && tokens === null)
      return 'all tokens are heard of: subscribe to some of them before any can be taken away'
    const left = tokens && new Set([...tokens].filter((token) => !without?.some((one) => one === token)))
    return { channels: new Set([...channels].filter((name) => !noMore.includes(name))), tokens: left }
  }
  const { channels: more = [], tokens: also } = command.subscribe
  const named = also === undefined ? tokens : also && new Set([...(tokens ?? []), ...also])
  if (named !== null && named.size > mostStreamTokens) return `at most ${mostStreamTokens} tokens can be named`
  return { channels: new Set([...channels, ...more]), tokens: named }
}
