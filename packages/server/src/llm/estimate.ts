/** Tokens of a message besides its text, and of what a server adds around it. */
const overhead = 64

/**
 * More tokens than a tokenizer of the GPT family makes of prose, JSON, numbers and addresses, from their characters alone: words at two
 * letters a token, digits at three, letters of mixed case, signs and bytes of other scripts one by one. One to three times the truth.
 * Small letters thrown together at random can be more: such a call is booked at what it cost all the same.
 */
export function tokensAtMost(text: string): number {
  let tokens = 0
  for (const [run] of text.matchAll(/[A-Za-z]+|\d+|\s+|[^A-Za-z\d\s]/gu)) tokens += tokensOf(run)
  return tokens
}

function tokensOf(run: string): number {
  if (/^([A-Z]?[a-z]+|[A-Z]+)$/.test(run)) return Math.ceil((run.length + 1) / 2)
  return /^\d/.test(run) ? Math.ceil(run.length / 3) : Buffer.byteLength(run)
}

/** What is sent, all of it, as tokens at most. */
export const inputTokensAtMost = (...texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + tokensAtMost(text), overhead)
