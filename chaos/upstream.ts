import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Answers as one host of the outside world; `path` begins with a slash and holds the query. */
export type Host = (asked: {
  host: string
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: string
}) => Answer | Promise<Answer>
export type Answer =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | 'cut'

/** The outside world on a loopback port, for processes whose `PUMPIQ_UPSTREAM` is `url`; a host it does not have is `others`, or cut off. */
export async function serveUpstream(hosts: Readonly<Record<string, Host>>, others: Host = () => 'cut') {
  const asked = new Map<string, number>()

  async function answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const [, name = '', path = '/'] = /^\/([^/?]+)(.*)$/.exec(request.url ?? '') ?? []
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const host = hosts[name] ?? others
    asked.set(name, (asked.get(name) ?? 0) + 1)
    const body = Buffer.concat(pieces).toString()
    const given = await host({ host: name, method: request.method ?? 'GET', path, headers: request.headers, body })
    if (given === 'cut') return void request.socket.destroy()
    reply.writeHead(given.status, { 'content-type': 'application/json', ...given.headers })
    reply.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body))
  }

  const server = createServer((request, reply) => {
    answer(request, reply).catch(() => reply.destroy())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** How often each host was asked. */
    asked: (name: string): number => asked.get(name) ?? 0,
    async close(): Promise<void> {
      const closed = new Promise<void>((done) => server.close(() => done()))
      server.closeAllConnections()
      await closed
    },
  }
}
