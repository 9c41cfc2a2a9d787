/** Codes of Node for a line that does not stand, and classes of PostgreSQL: connection, resources, shut down by whoever runs it. */
const lines = /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/
const classes = /^(08[0-9A-Z]{3}|53[0-9A-Z]{3}|57P[0-9A-Z]{2})$/
/** `pg` says these in words alone. */
const words =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/** Whether what a query threw says that the database cannot be worked with now, rather than that the query is wrong. */
export function isAway(thrown: unknown): boolean {
  if (thrown instanceof AggregateError) return thrown.errors.every(isAway)
  if (!(thrown instanceof Error)) return false
  const { code } = thrown as { code?: unknown }
  if (typeof code === 'string') return lines.test(code) || classes.test(code)
  return words.test(thrown.message)
}
