import { Failure } from '@pumpiq/domain'
import type { Socket } from '../network/socket.ts'
import { createLines, type LinesNeeds } from './lines.ts'

/**
 * The outside world for whoever is handed a `Socket`: the lines of the simulated vendors behind their real hosts. A host that is none of
 * theirs fails as an unreachable network does.
 */
export function createSimulatedSocket(needs: LinesNeeds): Socket {
  const openLine = createLines(needs)

  return async function simulatedSocket(address, { onMessage, onClose, abort }) {
    abort?.throwIfAborted()
    const url = new URL(address)
    const line = openLine(url, { onMessage, onEnd: () => ended('ended the line') })
    if (!line) throw new Failure('unavailable', `${url.host} cannot be listened to`)
    let isOpen = true
    function ended(how: string): void {
      if (!isOpen) return
      isOpen = false
      line?.close()
      onClose(`${url.host} ${how}`)
    }
    abort?.addEventListener('abort', () => ended('is not listened to any more'), { once: true })
    return {
      // What is said arrives later, as it does over a network.
      send: (text) => queueMicrotask(() => line.receive(text)),
      close: () => ended('is not listened to any more'),
    }
  }
}
