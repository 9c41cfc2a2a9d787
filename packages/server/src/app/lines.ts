import { createTokenLine } from '../evidence/stream-tokens.ts'
import { createCandleStream } from '../evidence/stream.ts'
import type { Ask } from '../network/ask.ts'
import type { Source } from '../sources/source.ts'
import { createNewcomers } from '../tokens/newcomers.ts'
import type { TokenStore } from '../tokens/store.ts'
import { createTokenStream } from '../tokens/token-stream.ts'
import type { Tokens } from '../tokens/tokens.ts'
import type { Outside } from './given.ts'

type Given = Pick<Outside, 'db' | 'socket' | 'clock' | 'random' | 'ids' | 'log' | 'roles'>

type Needs = {
  sources: readonly Source[]
  ask: Pick<Ask, 'from'>
  tokenStore: TokenStore
  tokens: Pick<Tokens, 'knownNames'>
  simulated: boolean
  embedded: boolean
}

export type Lines = ReturnType<typeof openLines>

/** Where vendors tell by themselves: candles to the tracker, new tokens to the orchestrator. */
export function openLines(given: Given, needs: Needs) {
  const { socket, clock, random, ids, log, roles } = given
  const { sources, ask, simulated, embedded } = needs
  const listens = socket !== null && roles.includes('tracker')
  const stream = listens ? createCandleStream({ sources, socket, clock, random, log }) : null
  // A home has one process at a time, by its lock: whoever opens it next need not wait for the lease of one that was killed.
  const holder = embedded ? 'the process of this home' : ids.next()
  // On the simulated market nobody makes tokens.
  const hearsOfTokens = socket !== null && roles.includes('orchestrator') && !simulated
  const tokenStream = hearsOfTokens ? openTokenStream({ ...given, socket }, { ...needs, holder }) : null
  // Who only tells is reported beside those that are asked.
  if (tokenStream) for (const source of sources) if (source.streams?.tokens) ask.from(source)
  return {
    /** What this process holds leases by. */
    holder,
    stream,
    tokenStream,
    states: () => [...(stream?.states() ?? []), ...(tokenStream?.states() ?? [])],
  }
}

const openTokenStream = (
  { db, socket, clock, random, log }: Given & { socket: NonNullable<Given['socket']> },
  { sources, tokenStore, tokens, holder }: Needs & { holder: string },
) =>
  createTokenStream({
    db,
    sources,
    openLine: (line) => createTokenLine({ ...line, socket, clock, random, log }),
    newcomers: createNewcomers({ store: tokenStore, knownNames: tokens.knownNames, clock, log }),
    clock,
    log,
    holder,
  })
