import type { IncomingHttpHeaders } from 'node:http'
import { fromIso, minutes } from '@pumpiq/domain'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createFetch } from '../network/fetch.ts'
import { createSocket } from '../network/socket.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { createMarket } from './market.ts'
import { createSimulatedFetch } from './network.ts'
import { serveSimulated } from './serve.ts'
import { createSimulatedSocket } from './socket.ts'

const market = createMarket({ seed: 7 })
const clock = createManualClock(fromIso('2026-11-22T12:44:30.000Z'))
let served: Awaited<ReturnType<typeof serveSimulated>>
let outward: ReturnType<typeof createFetch>

beforeAll(async () => {
  served = await serveSimulated({ market, clock, port: 0 })
  outward = createFetch({ upstream: served.url })
})
afterAll(async () => {
  await outward.close()
  await served.close()
})

describe('the simulated outside on a port', () => {
  it('answers the real way out as the injected network does, byte for byte', async () => {
    const url = 'https://data-api.binance.vision/api/v3/ticker/price?symbols=%5B%22BTCUSDT%22,%22ETHUSDT%22%5D'
    const inside = await createSimulatedFetch({ market, clock })(new Request(url))
    const outside = await outward(new Request(url))
    expect(outside.status).toBe(200)
    expect(outside.headers.get('x-pumpiq-simulated')).toBe('true')
    expect(await outside.text()).toBe(await inside.text())
  })

  it('passes statuses, errors and headers on', async () => {
    const unknown = await outward(new Request('https://api.exchange.coinbase.com/products/NOPE-USD/ticker'))
    expect([unknown.status, await unknown.json()]).toEqual([404, { message: 'NotFound' }])
    served.faults.throttle('okx', 5)
    const refused = await outward(new Request('https://www.okx.com/api/v5/public/time'))
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
    served.faults.restore('okx')
  })

  it('cuts the line for a host it does not have', async () => {
    await expect(outward(new Request('https://example.com/'))).rejects.toThrow('fetch failed')
  })

  it('lets a silent vendor hang until the caller gives up, and still closes', async () => {
    served.faults.silence('kraken')
    const signal = AbortSignal.timeout(50)
    await expect(outward(new Request('https://api.kraken.com/0/public/Time', { signal }))).rejects.toThrow()
    served.faults.restore('kraken')
    expect((await outward(new Request('https://api.kraken.com/0/public/Time'))).status).toBe(200)
  })

  it('says how to ask when no host is named', async () => {
    const here = await createFetch({ upstream: null })(new Request(served.url))
    expect([here.status, await here.text()]).toEqual([404, expect.stringContaining('SIMULATED')])
  })

  it('refuses a port that is taken by its number', async () => {
    const port = Number(new URL(served.url).port)
    await expect(serveSimulated({ market, clock, port })).rejects.toThrow(`port ${port}`)
  })

  it('holds lines that say what those of the injected network say, and bear its name', async () => {
    const url = 'wss://data-stream.binance.vision/stream?streams=btcusdt@kline_1m'
    const said = { inside: [] as string[], outside: [] as string[] }
    const quiet = { onClose: () => {} }
    await createSimulatedSocket({ market, clock })(url, { ...quiet, onMessage: (text) => said.inside.push(text) })
    const lines = createSocket({ upstream: served.url, clock })
    const line = await lines(url, { ...quiet, onMessage: (text) => said.outside.push(text) })
    line.send('{"method":"LIST_SUBSCRIPTIONS","id":3}')
    await vi.waitFor(() => expect(said.outside).toEqual(['{"result":["btcusdt@kline_1m"],"id":3}']))
    await clock.advance(minutes(1))
    expect(said.inside.length).toBeGreaterThanOrEqual(30)
    await vi.waitFor(() => expect(said.outside.slice(1)).toEqual(said.inside))
    const peer = new WebSocket(`${served.url.replace('http', 'ws')}/advanced-trade-ws.coinbase.com/`)
    const headers = await new Promise<IncomingHttpHeaders>((done) =>
      peer.once('upgrade', (reply) => done(reply.headers)),
    )
    expect(headers['x-pumpiq-simulated']).toBe('true')
    peer.terminate()
    await lines.close()
  })

  it('has no line to a host that it does not have, and none while the vendor is away', async () => {
    const lines = createSocket({ upstream: served.url, clock })
    const hearing = { onMessage: () => {}, onClose: () => {} }
    await expect(lines('wss://example.com/stream', hearing)).rejects.toThrow('example.com cannot be listened to')
    await expect(lines('wss://data-stream.binance.vision/other', hearing)).rejects.toThrow('cannot be listened to')
    served.faults.fail('coinbase', 503)
    await expect(lines('wss://advanced-trade-ws.coinbase.com', hearing)).rejects.toThrow('cannot be listened to')
    served.faults.restore('coinbase')
    await lines.close()
  })
})
