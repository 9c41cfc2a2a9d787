import { z } from 'zod'
import { Failure, IsoInstant, Price } from '@pumpiq/domain'
import { prefix } from './endpoint.ts'
import { OutcomeShort, RecommendationSummary } from './endpoints/recommendations.ts'
import { SourceState } from './endpoints/system.ts'
import { TokenIdText } from './endpoints/tokens.ts'

/** WebSocket stands here, the same as server-sent events below it at `/events`. */
export const streamPath = `${prefix}/stream`

/** The subprotocol of a socket that signs in, and the one that the server takes. */
export const streamProtocol = 'pumpiq.v1'
const bearerProtocol = 'pumpiq.bearer.'

/** What a socket asks for to sign in: a page can set no header of a socket but this one. A token or an API key is made of what may stand in it. */
export function streamProtocolsFor(credential: string): string[] {
  if (!/^[\w.~-]+$/.test(credential))
    throw new Failure(
      'invalid',
      'a credential of a stream is made of letters, digits, and . _ ~ -; what was given is not shown',
    )
  return [streamProtocol, bearerProtocol + credential]
}

/** The credential in the header Sec-WebSocket-Protocol; null where there is none. */
export const streamCredentialOf = (protocols: string | undefined): string | null =>
  (protocols ?? '')
    .split(',')
    .map((name) => name.trim())
    .find((name) => name.startsWith(bearerProtocol) && name.length > bearerProtocol.length)
    ?.slice(bearerProtocol.length) ?? null

export const streamChannels = ['recommendations', 'outcomes', 'prices', 'sources'] as const
export const StreamChannel = z.enum(streamChannels)
export type StreamChannel = z.output<typeof StreamChannel>

/** The most tokens one listener may name; without any it hears of all. */
export const mostStreamTokens = 50

/** Of the ledger: what has a number is sealed under it, and nothing sealed before it follows. */
const Seq = z.int().nonnegative()

const RecommendationEvent = z.object({
  event: z.literal('recommendation'),
  seq: Seq,
  recommendation: RecommendationSummary.omit({ outcome: true }),
})

/** A version of how a call ended, as sealed; version 2 and up correct an earlier one. */
const OutcomeEvent = z.object({
  event: z.literal('outcome'),
  seq: Seq,
  outcome: OutcomeShort.extend({
    recommendation: z.uuid(),
    token: z.string(),
    symbol: z.string(),
    version: z.int().positive(),
    /** The venue whose candles decided it. */
    source: z.string(),
    recordedAt: IsoInstant,
  }),
})

/** The newest price of a token; older ones that nobody was told yet are left out. */
const PriceEvent = z.object({
  event: z.literal('price'),
  token: z.string(),
  value: Price,
  source: z.string(),
  observedAt: IsoInstant,
})

/** A source answers again, or no longer: `why` is its last failure, null while it is up. */
const SourcesEvent = z.object({
  event: z.literal('sources'),
  id: z.string(),
  state: SourceState,
  why: z.string().nullable(),
})

/** So long is the ledger, and all of it up to there that was asked for has been told: `since` may be this. */
const HeadEvent = z.object({ event: z.literal('head'), seq: Seq })

/** What is heard from behind `seq` on. */
const SubscribedEvent = z.object({
  event: z.literal('subscribed'),
  seq: Seq,
  channels: z.array(StreamChannel),
  tokens: z.array(z.string()).nullable(),
})

/** A command that was not followed; all is as before. */
const RefusedEvent = z.object({ event: z.literal('refused'), why: z.string() })

/** The listener reads more slowly than things happen: until it has caught up, only the newest price of each token is kept for it. */
const LaggingEvent = z.object({ event: z.literal('lagging'), seq: Seq, waitingBytes: z.int().nonnegative() })

/** The last that is told: what was sealed behind `seq` was not sent, and `since` asks for it. */
const DroppedEvent = z.object({ event: z.literal('dropped'), seq: Seq, why: z.string() })

export const StreamEvent = z.discriminatedUnion('event', [
  RecommendationEvent,
  OutcomeEvent,
  PriceEvent,
  SourcesEvent,
  HeadEvent,
  SubscribedEvent,
  RefusedEvent,
  LaggingEvent,
  DroppedEvent,
])
export type StreamEvent = z.output<typeof StreamEvent>
export type SealedEvent = Extract<StreamEvent, { event: 'recommendation' | 'outcome' }>

const isStreamChannel = (text: string): text is StreamChannel => (streamChannels as readonly string[]).includes(text)

const Channels = z
  .string()
  .max(200)
  .transform((text, context) => {
    const names = [...new Set(text.split(',').map((name) => name.trim()))]
    const unknown = names.find((name) => !isStreamChannel(name))
    if (unknown === undefined) return names.filter(isStreamChannel)
    const message = `${JSON.stringify(unknown)} is no channel: allowed are ${streamChannels.join(', ')}, with commas between them`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })

const Tokens = z
  .string()
  .max(mostStreamTokens * 200)
  .transform((text) => [...new Set(text.split(',').map((name) => name.trim()))])
  .pipe(z.array(TokenIdText).min(1).max(mostStreamTokens))

/** A number of the ledger as text. */
export const StreamPosition = z
  .string()
  .regex(/^\d{1,15}$/, 'must be the number of a record of the ledger, or 0 for all of it')
  .transform(Number)

/** What the address of the stream says. Without `since` it begins now; with it, with what was sealed behind that number. */
export const StreamQuery = z.strictObject({
  channels: Channels.default(['recommendations', 'outcomes']),
  tokens: Tokens.optional(),
  since: StreamPosition.optional(),
})

const Named = z.strictObject({
  channels: z.array(StreamChannel).max(streamChannels.length).optional(),
  tokens: z.array(TokenIdText).min(1).max(mostStreamTokens).nullable().optional(),
})

/** What a listener may say over the socket, as JSON: it is added or taken away; `tokens: null` means all. */
export const StreamCommand = z.union([
  z.strictObject({ subscribe: Named }),
  z.strictObject({ unsubscribe: Named.extend({ tokens: Named.shape.tokens.unwrap().unwrap().optional() }) }),
])
export type StreamCommand = z.output<typeof StreamCommand>

/** Why a line ended: what is not among them is the network's or a proxy's. */
export const streamCloses = { goingAway: 1001, misused: 1008, later: 1013, signedOut: 4401, tooSlow: 4408 } as const
