import {
  Brief,
  canonical,
  compileDossier,
  decide,
  Failure,
  fromIso,
  ModelOpinion,
  rules,
  SealedEvidence,
  sealedBody,
  unsealEvidence,
  type Recommendation,
} from '@pumpiq/domain'
import { sha256Hex } from '../platform/hash.ts'

/** What was stored: the canonical text of the brief, of the evidence behind it and of what a model made of it, under the hashes that name them. */
export type StoredInputs = {
  readonly brief: string
  readonly evidence: string | null
  /** Null where no model was asked. */
  readonly opinion: string | null
}

export type Replayed = {
  readonly id: string
  readonly identical: boolean
  /** Paths that differ, with what was sealed and what came out; empty when identical. */
  readonly differences: readonly string[]
  readonly hash: string
}

const differencesAtMost = 20

/**
 * Decides again from what was sealed, without the stored result: the dossier is compiled anew from the evidence, the rules' opinion and the
 * decision are made anew from the brief. A model is not asked again: what it said then is sealed, and is held by the gate anew.
 */
export function replayed(
  id: string,
  { brief, evidence, opinion }: StoredInputs,
): { document: Recommendation; faults: string[] } {
  const told = Brief.parse(JSON.parse(brief))
  const faults: string[] = []
  if (evidence !== null) {
    if (sha256Hex(evidence) !== told.evidenceHash)
      faults.push('the stored evidence does not have the hash that the brief names')
    const compiled = compileDossier(
      unsealEvidence(SealedEvidence.parse(JSON.parse(evidence))),
      fromIso(told.dossier.at),
    )
    faults.push(...differencesBetween(told.dossier, compiled, 'dossier'))
  }
  const weighed = opinion === null ? [] : [ModelOpinion.parse(JSON.parse(opinion))]
  const document = decide({
    brief: told,
    opinions: [rules(told), ...weighed],
    id,
    inputsHash: sha256Hex(brief),
    opinionHash: opinion === null ? null : sha256Hex(opinion),
  })
  return { document, faults }
}

/** Compares with what was sealed, to the byte, and names what differs. */
export function compareReplay(sealed: Recommendation, inputs: StoredInputs, engineVersion: string): Replayed {
  if (sealed.engine.version !== engineVersion) {
    throw new Failure(
      'conflict',
      `${sealed.id} was made by engine ${sealed.engine.version}; this is ${engineVersion}, which need not decide alike`,
    )
  }
  const { document, faults } = replayed(sealed.id, inputs)
  const [before, after] = [sealedBody(sealed), sealedBody(document)]
  const differences = [
    ...faults,
    ...(canonical(before) === canonical(after) ? [] : differencesBetween(before, after, 'recommendation')),
  ]
  const hash = sealed.seal ? sha256Hex(`${sealed.seal.prevHash}\n${canonical(after)}`) : sha256Hex(canonical(after))
  if (sealed.seal && differences.length === 0 && hash !== sealed.seal.hash)
    differences.push('the seal does not fit what was replayed')
  return {
    id: sealed.id,
    identical: differences.length === 0,
    differences: differences.slice(0, differencesAtMost),
    hash,
  }
}

/** Where two JSON values part, as `path: one -> other`. */
function differencesBetween(one: unknown, other: unknown, path: string): string[] {
  if (isObject(one) && isObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted()
    return keys.flatMap((key) => differencesBetween(one[key], other[key], `${path}.${key}`))
  }
  const [a, b] = [shown(one), shown(other)]
  return a === b ? [] : [`${path}: ${a.slice(0, 80)} -> ${b.slice(0, 80)}`]
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const shown = (value: unknown): string => (value === undefined ? 'absent' : canonical(value))
