import { hours, minutes, seconds, type Observation, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { EvmReport, evmFigures, evmHazards } from './goplus-evm.ts'
import { SolanaReport, solanaFigures, solanaHazards } from './goplus-solana.ts'
import { figuresOf, hazardsOf, toldOf } from './seen.ts'
import type { Source } from './source.ts'
import { evmChains, isServedContract, isSolanaToken, type EvmChain, type WatchAsk } from './watch.ts'

const host = 'https://api.gopluslabs.io/api/v1'

/** `result` is by address: EVM addresses in small letters. A token it does not know is not in it. */
const envelope = <R extends z.ZodType>(report: R) =>
  z.object({ code: z.literal(1), result: z.record(z.string(), report) })
const Evm = envelope(EvmReport)
const Solana = envelope(SolanaReport)

export const goplus: Source = {
  id: 'goplus',
  docs: 'https://docs.gopluslabs.io/reference/api-overview',
  key: 'none',
  budget: { calls: 30, perMs: minutes(1) },
  timeoutMs: seconds(10),
  throttledMs: minutes(1),
  readError,
  feeds: {},
  watches: [
    {
      name: 'safety',
      kind: 'onchain',
      about: 'token',
      calls: 1,
      freshMs: hours(1),
      serves: isServedContract,
      see: (ask) => (isSolanaToken(ask.token) ? solana(ask) : evm(ask)),
    },
  ],
}

async function evm({ token, get, abort }: WatchAsk & { token: Token }): Promise<Observation[]> {
  const { number } = evmChains[token.chain as EvmChain]
  const url = `${host}/token_security/${number}?contract_addresses=${token.address}`
  const answer = await get.timed(url, Evm, { abort })
  const report = answer.body.result[token.address]
  if (!report) return []
  const told = toldOf(goplus.id, token.id, answer)
  return [...hazardsOf(told, evmHazards(report)), ...figuresOf(told, evmFigures(report))]
}

async function solana({ token, get, abort }: WatchAsk & { token: Token }): Promise<Observation[]> {
  const url = `${host}/solana/token_security?contract_addresses=${token.address}`
  const answer = await get.timed(url, Solana, { abort })
  const report = answer.body.result[token.address]
  if (!report) return []
  const told = toldOf(goplus.id, token.id, answer)
  return [...hazardsOf(told, solanaHazards(report)), ...figuresOf(told, solanaFigures(report))]
}

const ErrorBody = z.object({ code: z.int(), result: z.unknown().optional() })

/** Almost everything comes with HTTP 200: `code` says what it is. 2 is a part of the answer, the rest of which takes some seconds. */
function readError(_status: number, body: unknown): VendorError | null {
  const code = ErrorBody.safeParse(body).data?.code
  if (code === undefined || code === 1) return null
  if (code === 2020 || code === 2021) return { mishap: 'absent', reason: 'knows nothing of the contract' }
  if (code === 4029) return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (code === 2) return { mishap: 'server', reason: 'has only a part of the answer yet' }
  if (code === 5000) return { mishap: 'server', reason: 'is in trouble (code 5000)' }
  return { mishap: 'refused', reason: `refused the request (code ${code})` }
}
