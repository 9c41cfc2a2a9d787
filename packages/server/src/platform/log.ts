import { destination, pino, type Logger } from 'pino'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export type LogFields = Readonly<Record<string, unknown>>

/** A sentence and the values it is about. Secrets among them are struck out by name and, in texts, by shape. */
export type Log = Record<LogLevel, (sentence: string, fields?: LogFields) => void> & { with(fields: LogFields): Log }

export type LogEntry = { level: LogLevel; sentence: string; fields: LogFields }

const secretName =
  /pass(word|phrase)?$|secret|api[-_]?key|^key$|authori[sz]ation|cookie|(access|refresh|session|bearer)[-_]?token|private[-_]?key|mnemonic/i
// A scheme by its last character alone: to look for its beginning at every character of a long text takes time by the square of its length.
const userInUrl = /([a-z0-9+.-]:\/\/)[^\s/@:]*:[^\s/@]*@/gi
const keyInUrl = /([?&](?:api[-_]?key|apikey|key|token|secret|signature|access_token)=)[^&\s"']+/gi
const bearer = /\b(bearer\s+)[a-z0-9._~+/-]{8,}=*/gi

/** A value as it may be written down: cut off at six levels, errors as name, message, stack and cause. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string')
    return value.replace(userInUrl, '$1***@').replace(keyInUrl, '$1***').replace(bearer, '$1***')
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= 6) return '[deeper]'
  if (value instanceof Error) {
    const { name, message, stack, cause } = value
    const code = (value as { code?: unknown }).code
    return redact(
      { name, message, ...(code !== undefined && { code }), stack, ...(cause !== undefined && { cause }) },
      depth,
    )
  }
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1))
  if (typeof (value as { reveal?: unknown }).reveal === 'function') return '***'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      secretName.test(name) && member !== null && member !== undefined && member !== ''
        ? '***'
        : redact(member, depth + 1),
    ]),
  )
}

type Write = (level: LogLevel, sentence: string, fields: LogFields) => void

function logOver(write: Write, own: LogFields): Log {
  const at =
    (level: LogLevel) =>
    (sentence: string, fields: LogFields = {}) =>
      write(level, redact(sentence) as string, redact({ ...own, ...fields }) as LogFields)
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (fields) => logOver(write, { ...own, ...fields }),
  }
}

/** JSON lines on stderr, so that stdout stays what the command says. */
export function createLog({ level = 'info' }: { level?: LogLevel } = {}): Log {
  const logger: Logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ fd: 2, sync: true }),
  )
  return logOver((at, sentence, fields) => logger[at](fields, sentence), {})
}

export const silentLog: Log = logOver(() => {}, {})

/** Keeps what is said, for tests. */
export function createCollectedLog(): Log & { readonly entries: readonly LogEntry[] } {
  const entries: LogEntry[] = []
  return Object.assign(
    logOver((level, sentence, fields) => void entries.push({ level, sentence, fields }), {}),
    { entries },
  )
}
