import { z } from 'zod'
import { Failure, failureCodes } from '@pumpiq/domain'

export const problemType = 'application/problem+json'

export const ProblemCode = z.enum(failureCodes)

/** RFC 9457. `type` is a name, not a page: `urn:pumpiq:problem:<code>`. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int().min(400).max(599),
    /** A sentence for people: what, which value, what is allowed. */
    detail: z.string(),
    /** The path that was asked. */
    instance: z.string(),
    code: ProblemCode,
    /** Names the request in our log. */
    requestId: z.string(),
    /** A word out of place each, when the request was malformed. */
    errors: z
      .array(z.object({ in: z.enum(['params', 'query', 'body', 'headers']), field: z.string(), message: z.string() }))
      .optional(),
    /** What could have been meant, when several could. */
    candidates: z.array(z.unknown()).optional(),
    retryAfterMs: z.number().nonnegative().optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.output<typeof Problem>

/** A failure that the server told: with the name of the request in the server's log, and what was wrong with which word of it. */
export class ServerFailure extends Failure {
  readonly status: number
  readonly requestId: string
  readonly errors: NonNullable<Problem['errors']>

  constructor({ code, detail, status, requestId, errors = [], candidates, retryAfterMs }: Problem) {
    super(code, detail, { ...(candidates && { candidates }), ...(retryAfterMs !== undefined && { retryAfterMs }) })
    this.status = status
    this.requestId = requestId
    this.errors = errors
  }
}

/** What a client throws for it. */
export const failureOf = (problem: Problem): ServerFailure => new ServerFailure(problem)
