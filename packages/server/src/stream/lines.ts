import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Line } from './listener.ts'

const open = 1

/**
 * Frames go straight to the connection, made once for all who hear the same: `ws` sends whole messages only, so they cannot fall between
 * the parts of one of its own.
 */
export function socketLine(socket: WebSocket, connection: Socket): Line {
  let hasAnswered = true
  socket.on('pong', () => (hasAnswered = true))
  return {
    write(frame) {
      if (socket.readyState === open) connection.write(frame.socket())
    },
    waiting: () => connection.writableLength,
    beat() {
      const isThere = hasAnswered
      hasAnswered = false
      if (isThere && socket.readyState === open) socket.ping()
      else socket.terminate()
      return isThere
    },
    // A reason has room for 123 bytes.
    end: (code, why) => socket.close(code, why.slice(0, 120)),
    destroy: () => socket.terminate(),
  }
}

/** Bytes that a comment waits behind, beyond which nobody reads any more. */
const unread = 1

export function eventsLine(response: ServerResponse): Line {
  let waitedAt: number | null = null
  const waiting = () => response.writableLength
  return {
    write(frame) {
      if (!response.writableEnded) response.write(frame.events())
    },
    waiting,
    /** Nobody answers here; but who takes nothing between two beats has gone. */
    beat() {
      const written = response.socket?.bytesWritten ?? 0
      const isStuck = waiting() >= unread && written === waitedAt
      waitedAt = written
      if (isStuck) response.destroy()
      else if (!response.writableEnded) response.write(': still here\n\n')
      return !isStuck
    },
    end: () => void response.end(),
    destroy: () => void response.destroy(),
  }
}
