import { getHeapStatistics } from 'node:v8'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import { Failure, seconds } from '@pumpiq/domain'
import { isUncounted } from './uncounted.ts'

export type Pressure = {
  /** The mean wait of a second for the event loop, beyond which nobody new is served. */
  readonly maxEventLoopDelayMs: number
  readonly maxHeapUsedBytes: number
}

/** A loop that is held up for three seconds each time answers nobody in time; a heap that is nearly full ends the process. */
export const usualPressure = (): Pressure => ({
  maxEventLoopDelayMs: seconds(3),
  maxHeapUsedBytes: Math.floor(getHeapStatistics().heap_size_limit * 0.92),
})

/** Answers 503 at once while the process cannot keep up, but for whoever asks how it is. */
export async function refuseUnderPressure(app: FastifyInstance, pressure: Pressure | null): Promise<void> {
  if (!pressure) return
  await app.register(underPressure, {
    maxEventLoopDelay: pressure.maxEventLoopDelayMs,
    maxHeapUsedBytes: pressure.maxHeapUsedBytes,
    pressureHandler(request) {
      if (isUncounted(request.url)) return
      throw new Failure('unavailable', 'the server has more to do than it can; ask again', {
        retryAfterMs: seconds(2),
      })
    },
  })
}
