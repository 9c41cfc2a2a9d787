// The whole product on its simulated market, without limits of how often one may ask: what the scenario `fuzz` asks.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { buildApp } from '../../packages/server/src/app.ts'
import { readConfig } from '../../packages/server/src/config.ts'
import { openOutside } from '../../packages/server/src/outside.ts'
import { systemClock } from '../../packages/server/src/platform/clock.ts'
import { createLog } from '../../packages/server/src/platform/log.ts'

export type Ready = { readonly url: string }
export type Figures = {
  readonly p99Ms: number
  readonly worstMs: number
  readonly rssMb: number
  readonly unhandled: number
}

const [home = ''] = process.argv.slice(2)
let unhandled = 0
process.on('unhandledRejection', (reason) => {
  unhandled++
  process.stderr.write(`unhandled: ${reason instanceof Error ? (reason.stack ?? '') : String(reason)}\n`)
})

const config = readConfig({ PUMPIQ_HOME: home, PUMPIQ_REGISTRATION: 'open', PUMPIQ_SOURCES: '' })
const log = createLog({ level: 'error' })
const outside = await openOutside({ config, mode: 'demo', version: 'fuzz', clock: systemClock, log, queue: 'shared' })
const app = await buildApp({ ...outside, unlimited: true })
const url = await app.http.listen({ host: '127.0.0.1', port: 0 })
app.start()

const delay = monitorEventLoopDelay({ resolution: 10 })
const ms = (ns: number) => Math.round(ns / 1e4) / 100
process.on('message', (asked) => {
  if (asked === 'begin') delay.enable()
  if (asked !== 'figures') return
  const rssMb = Math.round(process.memoryUsage().rss / 2 ** 20)
  process.send!({ p99Ms: ms(delay.percentile(99)), worstMs: ms(delay.max), rssMb, unhandled } satisfies Figures)
})
process.send!({ url } satisfies Ready)
