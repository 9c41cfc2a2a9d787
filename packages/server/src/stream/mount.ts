import type { Duplex } from 'node:stream'
import websocket from '@fastify/websocket'
import { Failure, isFailure, minutes } from '@pumpiq/domain'
import { StreamPosition, StreamQuery, streamCloses, streamCredentialOf, streamPath } from '@pumpiq/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import type { z } from 'zod'
import type { Identify } from '../http/policy.ts'
import type { Clock } from '../platform/clock.ts'
import { createCommands, longestCommand } from './commands.ts'
import { createDoors, refuseForeignOrigin, usualPlaces, type Places } from './doors.ts'
import type { Hub } from './hub.ts'
import { eventsLine, socketLine } from './lines.ts'
import type { Line } from './listener.ts'
import type { Wanted } from './wanted.ts'

type Needs = {
  hub: Hub
  head(): Promise<number>
  clock: Pick<Clock, 'monotonic' | 'sleep' | 'every'>
  /** Who asks, asked again of a request while its line is open. */
  again: Identify['of']
  /** Origins whose pages may listen beside our own. */
  origins: readonly string[]
  places?: Partial<Places>
}

type Query = z.output<typeof StreamQuery>

/** So long a credential that was withdrawn may still be listened with. */
const lookAgainMs = minutes(5)

/** How long listeners may read the farewell when the server closes. */
const farewellMs = 300
const openingMs = 5_000

/** `GET /api/v1/stream` over WebSocket, and the same as server-sent events. Who may not listen is refused before the line stands. */
export async function mountStream(
  app: FastifyInstance,
  { hub, head, clock, again, origins, places }: Needs,
): Promise<void> {
  const doors = createDoors({ ...usualPlaces, ...places })
  // The library's mark of a socket is not there yet: this comes before it, because it comes before whoever looks who asks.
  app.addHook('onRequest', ({ headers }, _reply, done) => {
    const isSocket = headers.upgrade?.toLowerCase() === 'websocket'
    const credential = isSocket ? streamCredentialOf(headers['sec-websocket-protocol']) : null
    if (credential !== null) headers.authorization ??= `Bearer ${credential}`
    done()
  })

  const admit = async (request: FastifyRequest) => {
    refuseForeignOrigin(request, origins)
    const since = sinceOf(request)
    const newest = since === null ? 0 : await head()
    if (since !== null && since > newest)
      throw new Failure('invalid', `since ${since} is not allowed: the ledger's last record is ${newest}`)
  }

  /** Takes a place until the connection is gone. */
  const enter = async (request: FastifyRequest) => {
    const leave = doors.enter(request.caller, request.ip)
    request.raw.socket.once('close', leave)
    if (request.raw.socket.destroyed) leave()
  }

  const undecided = watchUpgrades(app, clock)

  const seat = (request: FastifyRequest, line: Line) => {
    const { userId } = request.caller
    const place = hub.enter(line, { wanted: wantedOf(request), since: sinceOf(request), userId })
    if (userId !== null) request.raw.socket.once('close', watch(request, place.drop))
    return place
  }

  /** Ends the line of whoever is no longer who he was when it was opened; returns how to stop looking. */
  function watch(request: FastifyRequest, drop: (code: number, why: string) => void): () => void {
    const { userId } = request.caller
    const timer = clock.every(lookAgainMs, async () => {
      const now = await again(request).catch((thrown: unknown) => (isFailure(thrown) ? thrown.code : 'broken'))
      // While it cannot be known nobody is sent away.
      if (now === 'unavailable' || now === 'broken' || now === 'tooMany') return
      if (typeof now === 'string' || now.userId !== userId)
        drop(streamCloses.signedOut, 'what you signed in with is no longer good: sign in, and come again')
    })
    return () => timer.stop()
  }

  await app.register(websocket, {
    options: { maxPayload: longestCommand, perMessageDeflate: false, clientTracking: false },
    errorHandler: (_error, socket) => socket.terminate(),
    preClose(done) {
      hub.close()
      clock.sleep(farewellMs).then(
        () => hub.destroy(),
        () => hub.destroy(),
      )
      for (const connection of undecided) connection.destroy()
      done()
    },
  })
  const schema = { hide: true, querystring: StreamQuery }
  const config = { policy: { access: 'public', why: 'each hears the house and what is his own' } } as const
  app.route({
    method: 'GET',
    url: streamPath,
    exposeHeadRoute: false,
    schema,
    config,
    preHandler: [admit, async (request) => (request.ws ? enter(request) : undefined)],
    handler: (_request, reply) => tellWhatItIs(reply),
    wsHandler(socket, request) {
      undecided.delete(request.raw.socket)
      const place = seat(request, socketLine(socket, request.raw.socket))
      hearCommands(socket, createCommands(place, clock))
      socket.once('close', place.leave)
    },
  })
  app.route({
    method: 'GET',
    url: `${streamPath}/events`,
    exposeHeadRoute: false,
    schema,
    config,
    preHandler: [admit, enter],
    handler(request, reply) {
      reply.hijack()
      const headers = { ...reply.getHeaders(), ...eventHeaders } as Record<string, string>
      reply.raw.writeHead(200, headers)
      reply.raw.flushHeaders()
      const place = seat(request, eventsLine(reply.raw))
      reply.raw.once('close', place.leave)
    },
  })
}

/** A connection that asked for another protocol is read by nobody until it stands: one that was refused, or never stands, is ended. */
function watchUpgrades(app: FastifyInstance, clock: Pick<Clock, 'sleep'>): Set<Duplex> {
  const undecided = new Set<Duplex>()
  app.server.on('upgrade', (_request, connection) => {
    const over = new AbortController()
    undecided.add(connection)
    connection.once('close', () => {
      undecided.delete(connection)
      over.abort()
    })
    clock.sleep(openingMs, over.signal).then(
      () => undecided.delete(connection) && connection.destroy(),
      () => {},
    )
  })
  return undecided
}

const eventHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  connection: 'close',
  // Proxies that gather answers would keep events back.
  'x-accel-buffering': 'no',
}

function tellWhatItIs(reply: FastifyReply): never {
  reply.header('upgrade', 'websocket')
  const sentence = `this address speaks WebSocket; the same as server-sent events stands at ${streamPath}/events`
  throw Object.assign(new Error(sentence), { statusCode: 426 })
}

function hearCommands(socket: WebSocket, hear: (text: string) => void): void {
  socket.on('message', (data, isBinary) => {
    hear(isBinary || Array.isArray(data) ? '' : Buffer.from(data as Buffer).toString('utf8'))
  })
}

function wantedOf({ query }: FastifyRequest): Wanted {
  const { channels, tokens } = query as Query
  return { channels: new Set(channels), tokens: tokens ? new Set(tokens) : null }
}

/** An EventSource that comes back says by itself what it heard last; its address still bears the first `since`. */
function sinceOf({ query, headers }: FastifyRequest): number | null {
  const last = StreamPosition.safeParse(headers['last-event-id'])
  return last.success ? last.data : ((query as Query).since ?? null)
}
