import { z } from 'zod'
import {
  Failure,
  SafetyAssessment,
  toIso,
  type Recommendation,
  type Timeframe,
  type Token,
  type TokenId,
} from '@pumpiq/domain'
import type { ComparedToken, Comparison, ListedToken, OutcomeShort } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import { highlightsOf } from './highlights.ts'
import type { Recommendations } from './store.ts'
import { houseUser } from './users.ts'

type Needs = {
  tokens: { resolve(text: string, abort?: AbortSignal): Promise<Token> }
  told(tokens: readonly Token[]): Promise<readonly ListedToken[]>
  recommendations: Pick<Recommendations, 'latest' | 'inputs'>
  shortOf(ids: readonly string[]): Promise<ReadonlyMap<string, OutcomeShort>>
  clock: Pick<Clock, 'now'>
}

/** Tokens side by side by the newest house call of each, as it was sealed: nothing is decided anew. */
export function createCompare({ tokens, told, recommendations, shortOf, clock }: Needs) {
  async function callOf(token: TokenId, timeframe: Timeframe) {
    const call = await recommendations.latest(houseUser, token, timeframe)
    return { call, safety: call && safetyOf(await recommendations.inputs(call.inputsHash)) }
  }

  return async function compare(
    named: readonly string[],
    timeframe: Timeframe,
    abort?: AbortSignal,
  ): Promise<Comparison> {
    const found: Token[] = []
    for (const text of named) found.push(await tokens.resolve(text, abort))
    const twice = found.find(({ id }, i) => found.findIndex((other) => other.id === id) !== i)
    if (twice) throw new Failure('invalid', `tokens must differ, and ${twice.id} is named more than once`)
    const listed = await told(found)
    const calls = await Promise.all(found.map(({ id }) => callOf(id, timeframe)))
    const ended = await shortOf(calls.flatMap(({ call }) => (call ? [call.id] : [])))
    const items = listed.map((token, i) => itemOf(token, calls[i]!, timeframe, ended))
    return { at: toIso(clock.now()), timeframe, items, highlights: highlightsOf(items) }
  }
}

type Called = { readonly call: Recommendation | null; readonly safety: ComparedToken['safety'] }

function itemOf(
  token: ListedToken,
  { call, safety }: Called,
  timeframe: Timeframe,
  ended: ReadonlyMap<string, OutcomeShort>,
): ComparedToken {
  return {
    token,
    call: call && { ...call, outcome: ended.get(call.id) ?? null },
    why: call
      ? null
      : `there is no house call for ${token.symbol} in ${timeframe}: the house follows the largest tokens and those that are watched`,
    kinds: call && call.kinds,
    safety,
  }
}

/** All that is read of the sealed inputs here. */
const Assessed = z.object({ dossier: z.object({ safety: SafetyAssessment.nullable().default(null) }) })

function safetyOf(inputs: string | null): ComparedToken['safety'] {
  if (inputs === null) return null
  const { safety } = Assessed.parse(JSON.parse(inputs)).dossier
  if (!safety?.applicable) return null
  return {
    verdict: safety.verdict,
    failed: safety.checks.filter(({ verdict }) => verdict === 'fail').map(({ label }) => label),
    unknown: safety.checks.filter(({ verdict }) => verdict === 'unknown').length,
  }
}
