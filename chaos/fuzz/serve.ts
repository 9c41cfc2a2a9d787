// The whole product on its simulated market, without limits of how often one may ask: what the scenario `fuzz` asks.
import { buildApp } from '../../packages/server/src/app.ts'
import { readConfig } from '../../packages/server/src/config.ts'
import type { Mail } from '../../packages/server/src/network/mail.ts'
import { openOutside } from '../../packages/server/src/outside.ts'
import { systemClock } from '../../packages/server/src/platform/clock.ts'
import { createLog } from '../../packages/server/src/platform/log.ts'
import { watchLoop, type LoopFigures } from './watch-loop.ts'

export type Figures = LoopFigures & { readonly rssMb: number; readonly unhandled: number }
/** What the server tells the harness: where it is, each mail that it sends, and in the end its figures. */
export type Told = { readonly url: string } | { readonly mail: Mail } | { readonly figures: Figures }

const [home = '', upstream = ''] = process.argv.slice(2)
const tell = (told: Told) => void process.send!(told)
let unhandled = 0
process.on('unhandledRejection', (reason) => {
  unhandled++
  process.stderr.write(`unhandled: ${reason instanceof Error ? (reason.stack ?? '') : String(reason)}\n`)
})

const config = readConfig({
  PUMPIQ_HOME: home,
  PUMPIQ_REGISTRATION: 'open',
  PUMPIQ_SOURCES: '',
  PUMPIQ_UPSTREAM: upstream,
  // People come from many addresses; the harness itself is at the machine.
  PUMPIQ_LOCAL_MODE: 'on',
  TRUST_PROXY: '127.0.0.1',
})
const log = createLog({ level: 'error' })
const loop = watchLoop()
const outside = await openOutside({ config, mode: 'demo', version: 'fuzz', clock: systemClock, log, queue: 'shared' })
const outlet = { ...outside.reach.outlet, mail: async (mail: Mail) => tell({ mail }) }
const app = await buildApp({
  ...outside,
  reach: { ...outside.reach, outlet },
  queue: loop.watched(outside.queue),
  unlimited: true,
})
const url = await app.http.listen({ host: '127.0.0.1', port: 0 })
app.start()

process.on('message', (asked) => {
  if (asked === 'begin') loop.begin()
  if (asked !== 'figures') return
  const rssMb = Math.round(process.memoryUsage().rss / 2 ** 20)
  tell({ figures: { ...loop.figures(), rssMb, unhandled } })
})
tell({ url })
