import { getHeapStatistics } from 'node:v8'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import { Failure, seconds } from '@pumpiq/domain'
import { isUncounted } from './uncounted.ts'

export type Pressure = {
  /** The mean wait for the event loop over `sampleMs`, beyond which nobody new is served. */
  readonly maxEventLoopDelayMs: number
  readonly sampleMs: number
  readonly maxHeapUsedBytes: number
}

/** One stall, as when a process begins, is no pressure: a loop that is held up for a second again and again for ten answers nobody in time. A heap that is nearly full ends the process. */
export const usualPressure = (): Pressure => ({
  maxEventLoopDelayMs: seconds(1),
  sampleMs: seconds(10),
  maxHeapUsedBytes: Math.floor(getHeapStatistics().heap_size_limit * 0.92),
})

/** Answers 503 at once while the process cannot keep up, but for whoever asks how it is. */
export async function refuseUnderPressure(app: FastifyInstance, pressure: Pressure | null): Promise<void> {
  if (!pressure) return
  await app.register(underPressure, {
    maxEventLoopDelay: pressure.maxEventLoopDelayMs,
    sampleInterval: pressure.sampleMs,
    maxHeapUsedBytes: pressure.maxHeapUsedBytes,
    pressureHandler(request) {
      if (isUncounted(request.url)) return
      throw new Failure('unavailable', 'the server has more to do than it can; ask again', {
        retryAfterMs: seconds(2),
      })
    },
  })
}
