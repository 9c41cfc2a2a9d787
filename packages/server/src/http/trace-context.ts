import type { IncomingHttpHeaders } from 'node:http'

/** Letters, digits and what ids of proxies have besides: nothing that could end a line of a log or of a header. */
const idShape = /^[\w.:=-]{8,128}$/

/** The id that a caller or a proxy before us gave a request; null where there is none that may be taken over. */
export function requestIdOf({ 'x-request-id': given }: IncomingHttpHeaders): string | null {
  return typeof given === 'string' && idShape.test(given) ? given : null
}

/** Which trace of a caller a request belongs to, as the log says it. */
export type TraceContext = { readonly traceId: string; readonly parentId: string }

const traceShape = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/

/** What the header traceparent says (W3C Trace Context, version 00, and what later ones begin with); null where it says nothing that holds. */
export function traceOf({ traceparent }: IncomingHttpHeaders): TraceContext | null {
  if (typeof traceparent !== 'string' || traceparent.length > 512) return null
  const [, version, traceId, parentId, more] = traceShape.exec(traceparent) ?? []
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return null
  if (/^0+$/.test(traceId!) || /^0+$/.test(parentId!)) return null
  return { traceId: traceId!, parentId: parentId! }
}
