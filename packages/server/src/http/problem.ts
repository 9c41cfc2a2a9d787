import type { FastifyError, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { isFailure, type Failure, type FailureCode } from '@pumpiq/domain'
import type { Problem } from '@pumpiq/api'
import { isAway } from '../db/away.ts'
import { tellable } from './secret-fields.ts'

type Told = { status: number; code: FailureCode; detail: string } & Pick<
  Problem,
  'errors' | 'candidates' | 'retryAfterMs'
>

const statuses: Record<FailureCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  tooMany: 429,
  unavailable: 503,
  broken: 500,
}

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'More than one answer',
  413: 'Too large',
  414: 'Address too long',
  415: 'Not JSON',
  429: 'Too many requests',
  500: 'Something broke',
  503: 'Not available now',
}

export function problemOf(told: Told, { url, id }: Pick<FastifyRequest, 'url' | 'id'>): Problem {
  const { status, code, detail, errors, candidates, retryAfterMs } = told
  return {
    type: `urn:pumpiq:problem:${code}`,
    title: titles[status] ?? (status < 500 ? 'Bad request' : 'Something broke'),
    status,
    detail,
    instance: url.split('?', 1)[0]!.slice(0, 200),
    code,
    requestId: id,
    ...(errors && { errors }),
    ...(candidates && { candidates }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

/** Whether the fault is ours (to be logged whole) or the caller's, and what the caller is told: no stack, key or vendor's body. */
export function tell(error: FastifyError, request: FastifyRequest): Told {
  if (isFailure(error)) return tellFailure(error, request)
  if (hasZodFastifySchemaValidationErrors(error)) return tellMalformed(error, request)
  if (isAway(error)) return { status: 503, code: 'unavailable', detail: databaseAway, retryAfterMs: 2_000 }
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500)
    return { status, code: codeOf(status), detail: transportFault(error, request.routeOptions?.bodyLimit ?? bodyLimit) }
  return { status: 500, code: 'broken', detail: `something broke on our side; the request is ${request.id} in the log` }
}

const databaseAway = 'the database cannot be worked with at the moment; ask again'

function tellFailure(failure: Failure, request: FastifyRequest): Told {
  const status = statuses[failure.code]
  // `broken` is a fault of ours under its name: what it says is for the log.
  if (failure.code === 'broken')
    return { status, code: 'broken', detail: `something broke on our side; the request is ${request.id} in the log` }
  return {
    status,
    code: failure.code,
    detail: failure.message,
    ...(failure.candidates && { candidates: [...failure.candidates] }),
    ...(failure.retryAfterMs !== undefined && { retryAfterMs: Math.max(0, failure.retryAfterMs) }),
  }
}

const places = { params: 'params', querystring: 'query', body: 'body', headers: 'headers' } as const

function tellMalformed(
  error: {
    validation: { instancePath: string; message?: string; keyword: string; params: Record<string, unknown> }[]
    validationContext?: string
  },
  request: FastifyRequest,
): Told {
  const context = (error.validationContext ?? 'body') as keyof typeof places
  const given: unknown = context === 'querystring' ? request.query : request[context]
  const errors = error.validation.map(({ instancePath, message = 'is not valid', keyword, params }) => {
    const unknown = keyword === 'unrecognized_keys' && Array.isArray(params['keys']) ? params['keys'].map(String) : []
    const field =
      instancePath.split('/').filter(Boolean).concat(unknown.join(', ')).filter(Boolean).join('.') || places[context]
    if (unknown.length > 0) return { in: places[context], field, message: 'is unknown here' }
    const names = instancePath.split('/').filter(Boolean)
    const value = valueAt(given, names)
    if (value === undefined) return { in: places[context], field, message: `is missing: ${message}` }
    const told = tellable(value, names, request)
    const said = told === undefined ? '' : `${show(told)} `
    return { in: places[context], field, message: `${said}is not allowed: ${message}` }
  })
  return {
    status: 400,
    code: 'invalid',
    detail: errors.map(({ field, message }) => `${field} ${message}`).join('; '),
    errors,
  }
}

function valueAt(given: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined,
    given,
  )
}

const show = (value: unknown): string => {
  const text = shown(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** JSON is read without recursion but written with it: what was nested to fill the body limit overflows the stack here. */
function shown(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'undefined'
  } catch (error) {
    if (error instanceof RangeError) return 'a value nested so deep'
    throw error
  }
}

function codeOf(status: number): FailureCode {
  if (status === 401) return 'unauthenticated'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'notFound'
  return status === 429 ? 'tooMany' : 'invalid'
}

/** What Fastify refuses before we are asked, in words that say what is allowed. */
function transportFault({ code, message }: FastifyError, mostBytes: number): string {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return `the body is too large: at most ${mostBytes} bytes are read`
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'the content type must be application/json'
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return 'the body is empty: a JSON object is asked for'
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY') return 'the body is not JSON'
  // Its own words repeat the whole address.
  if (code === 'FST_ERR_BAD_URL') return 'the path cannot be decoded'
  return message
}

/** Bytes: the largest thing asked of us is a few hundred. */
export const bodyLimit = 64 * 1024
