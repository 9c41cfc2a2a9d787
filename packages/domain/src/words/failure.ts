/** What the caller can do about it; nothing else is told apart. */
export const failureCodes = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'notFound',
  'conflict',
  'tooMany',
  'unavailable',
  'broken',
] as const

export type FailureCode = (typeof failureCodes)[number]

export type FailureDetail = { cause?: unknown; retryAfterMs?: number; candidates?: readonly unknown[] }

/** A failure we know by name. Anything else that is thrown is a bug. */
export class Failure extends Error {
  readonly code: FailureCode
  readonly retryAfterMs: number | undefined
  readonly candidates: readonly unknown[] | undefined

  constructor(code: FailureCode, sentence: string, { cause, retryAfterMs, candidates }: FailureDetail = {}) {
    super(sentence, cause === undefined ? {} : { cause })
    this.name = 'Failure'
    this.code = code
    this.retryAfterMs = retryAfterMs
    this.candidates = candidates
  }
}

export const isFailure = (thrown: unknown): thrown is Failure => thrown instanceof Failure
