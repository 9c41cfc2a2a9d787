import type { FastifyInstance } from 'fastify'
import { Failure } from '@pumpiq/domain'

/** Nothing that is asked of us is nested deeper than a few levels. */
export const deepestJson = 32

/**
 * JSON is read, and tables where they are imported: a form of another origin's page could otherwise post text without asking the browser's leave. What is nested to
 * wear us out, and what would reach into prototypes, is refused before it is made.
 */
export function readBodies(app: FastifyInstance): void {
  app.removeContentTypeParser(['text/plain', 'application/json'])
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (isDeeper(body, deepestJson)) {
      const sentence = `the body is nested too deep: at most ${deepestJson} levels are read`
      return done(new Failure('invalid', sentence))
    }
    if (holdsNul(body)) return done(nul())
    void parse(request, body, (error, value) => done(error && isJson(body) ? poisoned() : error, value))
  })
  // No page of another origin may send this without asking the browser's leave, and only what is imported takes a text.
  app.addContentTypeParser<string>('text/csv', { parseAs: 'string' }, (_, body, done) =>
    body.includes('\0') ? done(nul()) : done(null, body),
  )
}

/** No text that is kept can hold it: databases refuse it. */
const nul = (): Failure => new Failure('invalid', 'the character NUL (U+0000) stands in no text')

/** Escaped, as JSON has it: an odd number of backslashes. */
const holdsNul = (body: string): boolean => body.includes('\\u0000') && /(?<!\\)(?:\\\\)*\\u0000/.test(body)

/** Before a path or a query is read. Failure invalid. */
export function refuseNul(url: string): void {
  if (url.includes('%00')) throw nul()
}

const poisoned = (): Failure =>
  new Failure('invalid', 'the body holds __proto__ or constructor.prototype, which are not read')

/** What is JSON and was not taken was refused for what it names. */
function isJson(body: string): boolean {
  try {
    JSON.parse(body)
    return true
  } catch {
    return false
  }
}

/** Counts brackets outside of strings, without recursion; of what is no JSON it may say anything. */
export function isDeeper(text: string, most: number): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === quote) {
      i = endOfString(text, i)
      if (i < 0) return false
    } else if (code === openBrace || code === openBracket) {
      if (++depth > most) return true
    } else if (code === closeBrace || code === closeBracket) depth--
  }
  return false
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [34, 92, 123, 125, 91, 93]

/** Where the string that begins at `from` ends; -1 when it does not. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++
    if (slashes % 2 === 0) return end
  }
  return -1
}
