import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace as openTelemetry,
  type Context,
  type Span,
} from '@opentelemetry/api'
import { FastifyOtelInstrumentation } from '@fastify/otel'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { isFailure } from '@pumpiq/domain'
import type { Trace, TraceFacts } from './trace.ts'

/**
 * Begins to trace: requests to us, PostgreSQL and our own steps, sent to the collector that the OTEL_* variables name. It has to be begun
 * before the modules it watches are loaded. What we ask of others are steps of ours: a trace is not told to vendors. `stop` sends what is left.
 */
export function startTelemetry({
  version,
  serviceName,
}: {
  version: string
  serviceName: string
}): Trace & { stop(): Promise<void> } {
  const sdk = new NodeSDK({
    serviceName,
    instrumentations: [
      new HttpInstrumentation({
        disableOutgoingRequestInstrumentation: true,
        requestHook: (span) => withoutAddress(span),
      }),
      new PgInstrumentation({ requireParentSpan: true }),
      new FastifyOtelInstrumentation({
        registerOnInitialization: true,
        instrumentHooks: false,
        recordExceptions: false,
        requestHook: (span) => withoutAddress(span),
      }),
    ],
  })
  sdk.start()
  return { ...createTrace(version), stop: () => sdk.shutdown() }
}

/** An address may hold what was mailed to a user, or what he was looking for: the route is told, and no more. */
function withoutAddress(span: Span): void {
  span.setAttributes({ 'url.full': '', 'url.path': '', 'url.query': '', 'http.url': '', 'http.target': '' })
}

function createTrace(version: string): Trace {
  const tracer = openTelemetry.getTracer('pumpiq', version)

  const run = <T>(parent: Context, name: string, facts: TraceFacts, work: () => Promise<T>): Promise<T> =>
    tracer.startActiveSpan(name, { attributes: { ...facts } }, parent, async (span) => {
      try {
        return await work()
      } catch (thrown) {
        // The sentence of a failure may hold what a user wrote; its code is of a closed list.
        span.setStatus({ code: SpanStatusCode.ERROR, message: isFailure(thrown) ? thrown.code : 'broken' })
        throw thrown
      } finally {
        span.end()
      }
    })

  return {
    step: (name, facts, work) => run(context.active(), name, facts, work),
    continued: (of, name, facts, work) =>
      run(of === null ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent: of }), name, facts, work),
    here() {
      const carrier: { traceparent?: string } = {}
      propagation.inject(context.active(), carrier)
      return carrier.traceparent ?? null
    },
  }
}
