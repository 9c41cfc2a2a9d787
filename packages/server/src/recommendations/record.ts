import { canonical, hours, type ModelOpinion, sealedBody, type Recommendation } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Sealed } from '../ledger/seal.ts'
import type { Asks } from './asks.ts'
import type { AdviceAsk, Gathered } from './gather.ts'
import { houseUser, localUser } from './users.ts'
import type { Recommendations } from './store.ts'

type Needs = {
  db: Db
  ledger: Ledger
  recommendations: Recommendations
  asks: Asks
  /** What others are told of a new call, in the transaction that records it; `last` is the one it follows. */
  tell(tx: Tx, issued: Recommendation, last: Recommendation | null, userId: string): Promise<void>
}
/** What was gathered, and what a model made of it; null where none was asked. */
type Weighed = Gathered & { readonly opinion: ModelOpinion | null }
export type RecordAdvice = ReturnType<typeof createRecordAdvice>

/** An unchanged house call is sealed again after so long, so that the record shows that it stood. */
const sealAgainMs = hours(4)

/** A score that moved by less says the same. */
const sameScore = 0.1

/** What was decided from goes into the ledger once, by its hash; then the decision, with its rows, in one transaction. */
export function createRecordAdvice({ db, ledger, recommendations, asks, tell }: Needs) {
  async function keepInputs(body: unknown, hash: string): Promise<void> {
    if (await recommendations.hasInputs(hash)) return
    const text = canonical(body)
    await ledger.append({ kind: 'inputs', hash, body }, (tx) => recommendations.putInputs(tx, hash, text))
  }

  return async function recordAdvice(
    ask: AdviceAsk,
    recommendation: Recommendation,
    { brief, evidence, opinion }: Weighed,
  ): Promise<Recommendation> {
    const answer = async (tx: Tx, id: string) => {
      if (ask.askId !== null) await asks.answer(tx, ask.askId, id)
    }
    const last = await recommendations.latest(ask.userId, ask.token.id, ask.profile.timeframe)
    if (ask.house && last && isUnchanged(last, recommendation)) {
      await db.transaction().execute((tx) => answer(tx, last.id))
      return last
    }
    if (brief.evidenceHash !== null) await keepInputs(evidence, brief.evidenceHash)
    await keepInputs(brief, recommendation.inputsHash)
    if (opinion && recommendation.engine.opinionHash) await keepInputs(opinion, recommendation.engine.opinionHash)
    const sealed = await ledger.append(sealedBody(recommendation), async (tx, made) => {
      const document = withSeal(recommendation, made)
      await recommendations.insert(tx, ask.userId, document)
      await answer(tx, document.id)
      await tell(tx, document, last, ask.userId)
    })
    return withSeal(recommendation, sealed)
  }
}

const withSeal = (recommendation: Recommendation, { seq, prevHash, hash }: Sealed): Recommendation => ({
  ...recommendation,
  seal: { seq, prevHash, hash },
})

function isUnchanged(last: Recommendation, now: Recommendation): boolean {
  const young = Date.parse(now.issuedAt) - Date.parse(last.issuedAt) < sealAgainMs
  const same =
    last.type === now.type &&
    (last.abstained === null) === (now.abstained === null) &&
    last.engine.version === now.engine.version
  return young && same && Math.abs(last.score - now.score) < sameScore
}

type LedgerBody = { kind?: unknown; hash?: unknown; body?: unknown } & Record<string, unknown>

/** Puts the rows of a record back that the database lost: the ledger holds all that they are made of. */
export const createRestored =
  (recommendations: Recommendations) =>
  async (tx: Tx, sealed: Sealed): Promise<void> => {
    const { kind, ...body } = JSON.parse(sealed.body) as LedgerBody
    if (kind === 'inputs') await recommendations.putInputs(tx, String(body.hash), canonical(body.body))
    if (kind === 'recommendation') {
      const document = withSeal(body as unknown as Recommendation, sealed)
      await recommendations.insert(tx, ownerOf(document), document)
    }
  }

/** Whose a restored recommendation is: without accounts there are the house and whoever sits at the machine. */
const ownerOf = ({ house }: Recommendation): string => (house ? houseUser : localUser)
