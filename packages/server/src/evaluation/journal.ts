import { Failure, ModelOpinion, type Brief, type RulesOpinion } from '@pumpiq/domain'
import { createInterface } from 'node:readline'
import { createReadStream } from 'node:fs'
import { endOf, isTorn } from './journal-file.ts'

/** What a model thought of a brief when it was asked; null where it was never asked this. */
export type OpinionOf = (brief: Brief, rules: RulesOpinion) => ModelOpinion | null

/** The hash under which an opinion of a model about a brief is kept. */
export type PromptHashOf = (brief: Brief, rules: RulesOpinion, model: string) => string

export type Journal = { readonly models: readonly string[]; readonly opinions: number; readonly opinionOf: OpinionOf }

/** One that takes what is being recorded. */
export type GrowingJournal = Journal & { add(opinion: ModelOpinion): void }

type Reading = { readonly promptHashOf: PromptHashOf; notice(line: string): void }

/**
 * A recorded model: one `ModelOpinion` a line, found again by the hash of the prompt that a brief makes. A last line that was torn off
 * while it was written is left out, which is told.
 */
export async function readJournal(path: string, { promptHashOf, notice }: Reading): Promise<GrowingJournal> {
  const { whole, last } = await endOf(path)
  const journal = createJournal(promptHashOf)
  let number = 0
  for await (const line of linesOf(path, whole)) {
    number++
    if (line.trim() !== '') journal.add(opinionIn(line, `--model-journal ${path}, line ${number}`))
  }
  if (isTorn(last)) notice(`--model-journal ${path}: its last line is torn off and left out`)
  else if (last.trim() !== '') journal.add(opinionIn(last, `--model-journal ${path}, line ${number + 1}`))
  return journal
}

/** The lines that end within the first `bytes`. */
async function* linesOf(path: string, bytes: number): AsyncGenerator<string> {
  if (bytes > 0)
    yield* createInterface({ input: createReadStream(path, { encoding: 'utf8', end: bytes - 1 }), crlfDelay: Infinity })
}

/** A journal that holds nothing yet. */
export function createJournal(promptHashOf: PromptHashOf): GrowingJournal {
  const opinions = new Map<string, ModelOpinion>()
  let models: readonly string[] = []
  return {
    get models() {
      return models
    },
    get opinions() {
      return opinions.size
    },
    add(opinion) {
      opinions.set(opinion.promptHash, opinion)
      if (!models.includes(opinion.model)) models = [...models, opinion.model].toSorted()
    },
    opinionOf(brief, rules) {
      for (const model of models) {
        const found = opinions.get(promptHashOf(brief, rules, model))
        if (found) return found
      }
      return null
    },
  }
}

function opinionIn(line: string, where: string): ModelOpinion {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new Failure('invalid', `${where}: ${JSON.stringify(line.slice(0, 60))} is not JSON`, { cause })
  }
  const parsed = ModelOpinion.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Failure(
    'invalid',
    `${where}, ${issue!.path.join('.') || 'line'}: ${issue!.message}; a line is one opinion of a model`,
  )
}
