import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'

const home = mkdtempSync(join(tmpdir(), 'pumpiq-traced-'))
const main = join(import.meta.dirname, '../main.ts')

const Span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
})
type Span = z.output<typeof Span>
const Export = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(Span) })) })),
})

const received: string[] = []
let collector: Server
let product: ChildProcess

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  received.push((await buffer(request)).toString('utf8'))
  response.setHeader('content-type', 'application/json').end('{}')
}

/** A collector that keeps what it is sent: OTLP as JSON over HTTP. */
async function collect(): Promise<string> {
  collector = createServer((request, response) => {
    void receive(request, response)
  })
  collector.listen(0, '127.0.0.1')
  await once(collector, 'listening')
  return `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
}

async function started(endpoint: string): Promise<string> {
  product = spawn(process.execPath, [main, 'serve', '--demo', '--port', '0'], {
    env: {
      ...process.env,
      PUMPIQ_HOME: home,
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '200',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let said = ''
  for await (const piece of product.stdout!) {
    said += String(piece)
    const [, address] = /runs at (\S+)/.exec(said) ?? []
    if (address) return address
  }
  throw new Error(`the product said: ${said}`)
}

let address = ''
beforeAll(async () => void (address = await started(await collect())), 120_000)
afterAll(async () => {
  product.kill('SIGKILL')
  await once(product, 'exit')
  collector.close()
  rmSync(home, { recursive: true, force: true })
})

const spans = (): Span[] =>
  received.flatMap((text) =>
    Export.parse(JSON.parse(text)).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans)),
  )

it('tells one trace from a request, over the engine, to the sources that were asked, and no word of the request', async () => {
  const planted = 'planted-secret-7c1e'
  let traceId = ''
  /** A product that has just begun may have too much to do. */
  for (let tries = 0, status = 503; status === 503; tries++) {
    traceId = `0af7651916cd43dd8448eb211c8031${10 + tries}`
    const asked = await fetch(`${address}/api/v1/recommendations`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        traceparent: `00-${traceId}-b7ad6b7169203331-01`,
        cookie: `session=${planted}`,
        'user-agent': 'a test',
      },
      body: JSON.stringify({ token: 'BTC', maxAgeMs: 0 }),
    })
    ;({ status } = asked)
    if (status === 503) await sleep(1_000)
    else expect([status, asked.ok ? '' : await asked.text()]).toEqual([201, ''])
  }
  await fetch(`${address}/api/v1/tokens?q=${planted}`)
  await fetch(`${address}/api/v1/tokens/${planted}`)

  const own = () => spans().filter((span) => span.traceId === traceId)
  while (!own().some(({ name }) => name === 'POST /api/v1/recommendations')) await sleep(100)
  const parentOf = (span: Span | undefined) => own().find(({ spanId }) => spanId === span?.parentSpanId)
  // A product that has just begun may also ask for the catalogue, to know what BTC is.
  const source = own().find((span) => span.name.startsWith('ask ') && parentOf(span)?.name === 'advise')
  const line: string[] = []
  for (let span = source; span; span = parentOf(span)) line.push(span.name)
  expect(line).toEqual([
    source?.name,
    'advise',
    'handler - answer',
    expect.stringContaining('request'),
    'POST /api/v1/recommendations',
  ])
  while (!spans().some(({ name }) => name === 'GET /api/v1/tokens/:id')) await sleep(100)
  expect(received.join('\n')).not.toContain(planted)
}, 120_000)
