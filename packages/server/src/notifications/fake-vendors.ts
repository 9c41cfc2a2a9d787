import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createPost } from '../network/post.ts'
import type { Vapid } from '../platform/vapid.ts'
import type { Outlet } from './channel.ts'
import { testNow, type Counterpart, type Taken } from './test-channel.ts'

export type Answer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}
export type Asked = { readonly method: string; readonly url: URL; readonly headers: Headers; readonly body: Buffer }
/** What a vendor makes of a request: what it took, and what it answers. */
export type Vendor = (asked: Asked) => { readonly taken: Taken | null; readonly answer: Answer }

/** A time that is over soon, for the tests of silence. */
const withinMs = 400

const outletTo = (upstream: string, vapid: Vapid | null): Outlet => ({
  post: createPost({ upstream, withinMs }),
  mail: null,
  vapid,
  now: () => testNow,
})

/** A way out at whose end nobody is. */
export const nobodyThere = (vapid: Vapid | null = null): Outlet => outletTo('http://127.0.0.1:1', vapid)

/** The vendor behind a real HTTP server, reached as PUMPIQ_UPSTREAM leads: `/HOST/PATH`. */
export async function openVendor(vendor: Vendor, vapid: Vapid | null = null): Promise<Counterpart<Answer>> {
  const taken: Taken[] = []
  const turns: (Answer | 'silent' | 'cut')[] = []
  let asked = 0
  const server = createServer((request, response) => void serve(request, response))
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    asked += 1
    const turn = turns.shift()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (turn === 'silent') return
    if (turn === 'cut') return void request.socket.destroy()
    const url = new URL(`https:/${request.url}`)
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const made = turn
      ? { taken: null, answer: turn }
      : vendor({ method: request.method!, url, headers, body: Buffer.concat(chunks) })
    if (made.taken) taken.push(made.taken)
    response.writeHead(made.answer.status, made.answer.headers).end(made.answer.body ?? '')
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const outlet = outletTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, vapid)
  return {
    outlet,
    taken,
    asked: () => asked,
    next: (...given) => void turns.push(...given),
    close() {
      server.closeAllConnections()
      return new Promise((done) => void server.close(() => done()))
    },
  }
}

export const http = (status: number, headers: Record<string, string> = {}, body = ''): Answer => ({
  status,
  headers,
  body,
})
/** What stands before many a service answers in HTML, and at length. */
export const page = '<!doctype html><html><body>SECRET WORDS Error 1015</body></html>'

const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
const refusal = (answer: Answer) => ({ taken: null, answer })
const parsed = (body: Buffer) => JSON.parse(body.toString()) as Record<string, unknown>

export const telegramError = (code: number, description: string, parameters?: object): Answer =>
  json(code, { ok: false, error_code: code, description, ...(parameters && { parameters }) })

/** Bot API: tags are parsed, entities replaced, and only then the length counted. A name behind @ would be a mention. */
export const telegramVendor =
  (token: string, chatId: string): Vendor =>
  ({ url, body }) => {
    const bad = (why: string) => refusal(telegramError(400, `Bad Request: ${why}`))
    if (url.href !== `https://api.telegram.org/bot${token}/sendMessage`)
      return refusal(telegramError(401, 'Unauthorized'))
    const { text, parse_mode: mode, chat_id: chat } = parsed(body)
    if (chat !== chatId) return bad('chat not found')
    if (typeof text !== 'string' || text === '') return bad('message text is empty')
    const words = mode === 'HTML' ? text.replace(/<\/?b>|<a href="[^"<>]*">|<\/a>/g, '') : text
    if (mode === 'HTML' && /[<>]|&(?!(lt|gt|amp|quot);)/.test(words))
      return bad("can't parse entities: Unsupported start tag at byte offset 1")
    const seen = mode === 'HTML' ? unescaped(words) : words
    if (seen.length > 4_096) return bad('message is too long')
    if (/@\w/.test(seen)) return bad('TEST: foreign text mentions somebody')
    return {
      taken: { seen: seen.replaceAll('\u2060', ''), raw: text, key: null },
      answer: json(200, { ok: true, result: { message_id: 1 } }),
    }
  }

const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
export const unescaped = (text: string) => text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => names[name]!)

/** Webhook resource: a backslash takes the meaning from any sign behind it; what is left without one would be markup or a mention. */
export const discordVendor =
  (path: string): Vendor =>
  ({ url, body }) => {
    if (url.hostname !== 'discord.com' || url.pathname !== path)
      return refusal(json(404, { message: 'Unknown Webhook', code: 10_015 }))
    if (url.searchParams.get('wait') !== 'true') return refusal({ status: 204 })
    const { content, allowed_mentions: mentions } = parsed(body)
    const wrong = (what: string) =>
      refusal(json(400, { message: 'Invalid Form Body', code: 50_035, errors: { [what]: {} } }))
    if (typeof content !== 'string' || content === '' || content.length > 2_000) return wrong('content')
    if (JSON.stringify(mentions) !== '{"parse":[]}') return wrong('allowed_mentions')
    const active = content
      .replaceAll(/\\[^0-9A-Za-z\s]/g, '')
      .replaceAll(/^\*\*|\*\*$|^<https:\/\/pumpiq\.example\/[^>]*>$/gm, '')
    if (/[@`|[\]<>*_~#]/.test(active)) return wrong('markup')
    return {
      taken: { seen: content.replaceAll(/\\([^0-9A-Za-z\s])/g, '$1'), raw: content, key: null },
      answer: json(200, { id: '1', content }),
    }
  }

/** Incoming webhooks: `<...>` is a link or a mention, whatever the markup setting. */
export const slackVendor =
  (path: string): Vendor =>
  ({ url, body }) => {
    if (url.hostname !== 'hooks.slack.com' || url.pathname !== path) return refusal({ status: 404, body: 'no_service' })
    const { text, mrkdwn } = parsed(body)
    if (typeof text !== 'string' || text === '') return refusal({ status: 400, body: 'no_text' })
    if (text.length > 4_000 || mrkdwn !== false || /[<>]|&(?!(lt|gt|amp);)/.test(text))
      return refusal({ status: 400, body: 'invalid_payload' })
    return { taken: { seen: unescaped(text), raw: text, key: null }, answer: { status: 200, body: 'ok' } }
  }
