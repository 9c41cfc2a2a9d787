import { seconds } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import { createFaults, type Faults, type StreamFault, type VendorName } from './faults.ts'
import type { Market } from './market.ts'
import { openBinance } from './vendors/binance-stream.ts'
import { openCoinbase } from './vendors/coinbase-stream.ts'
import type { OpenSession } from './vendors/session.ts'

export type LinesNeeds = {
  market: Market
  clock: Pick<Clock, 'now' | 'every'>
  faults?: Faults
  /** How often the vendors look whether something is due, ms. */
  paceMs?: number
}

/** Who listens on a line. */
export type Listener = { onMessage(text: string): void; onEnd(): void }
export type OpenLine = { receive(text: string): void; close(): void }

const hosts: Record<string, { name: VendorName; open: OpenSession }> = {
  'data-stream.binance.vision': { name: 'binance', open: openBinance },
  'stream.binance.com:9443': { name: 'binance', open: openBinance },
  'advanced-trade-ws.coinbase.com': { name: 'coinbase', open: openCoinbase },
}

/** The lines of the simulated vendors: opened by address, driven by the clock. Null where no vendor listens. */
export function createLines({ market, clock, faults = createFaults(), paceMs = seconds(1) }: LinesNeeds) {
  return function openLine(url: URL, { onMessage, onEnd }: Listener): OpenLine | null {
    const host = url.protocol === 'wss:' && Object.hasOwn(hosts, url.host) ? hosts[url.host]! : null
    if (!host || faults.ofLines(host.name) === 'refused') return null
    let isOpen = true
    const disturb = disturber(onMessage)
    function close(): void {
      isOpen = false
      ticks.stop()
    }
    function end(): void {
      if (!isOpen) return
      close()
      onEnd()
    }
    const say = (message: unknown) => {
      if (isOpen) disturb(faults.ofLines(host.name), JSON.stringify(message))
    }
    const session = host.open({ market, clock, url, say, end })
    const ticks = clock.every(paceMs, () => {
      const fault = faults.ofLines(host.name)
      if (fault === 'cut' || fault === 'refused') return end()
      session?.tick()
    })
    if (session) return { receive: (text) => void (isOpen && session.receive(text)), close }
    close()
    return null
  }
}

/** Hands messages on as the fault has it. */
function disturber(onMessage: (text: string) => void) {
  let kept: string | null = null
  return (fault: StreamFault | undefined, text: string): void => {
    if (fault === 'silent' || (fault === 'unfinished' && isEnd(text))) return
    if (fault === 'disordered' && kept === null) {
      kept = text
      return
    }
    onMessage(fault === 'garbled' ? text.slice(0, text.length >> 1) : fault === 'renamed' ? renamed(text) : text)
    if (fault === 'duplicated') onMessage(text)
    if (kept !== null) onMessage(kept)
    kept = null
  }
}

const isEnd = (text: string): boolean => text.includes('"x":true') || text.includes('"channel":"heartbeats"')
const renamed = (text: string): string => text.replaceAll(/"(s|product_id)":"[^"]*"/g, '"$1":"ELSEWHERE"')
