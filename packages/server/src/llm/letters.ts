import type { Habit } from './habits.ts'
import type { JsonSchema } from './strict-schema.ts'

/** What is said, whatever model hears it. */
export type Words = { readonly instructions: string; readonly prompt: string }

/** Where the server is not given the schema, it stands behind the fixed part: what is fixed stays first, for vendors' caches. */
export function spelledOut({ instructions, prompt }: Words, { mode }: Habit, schema: JsonSchema): Words {
  if (mode === 'schema') return { instructions, prompt }
  const form = `Answer with one JSON object and nothing else, without Markdown. It must fit this JSON Schema:\n${JSON.stringify(schema)}`
  return { instructions: `${instructions}\n\n${form}`, prompt }
}

/** A second try that shows the answer and its fault and nothing of the evidence: it mends form, it does not think again. */
export const mending = (answer: string, fault: string): Words => ({
  instructions:
    'You mend JSON. You get an answer that should have been one JSON object of a given schema, and what is wrong with it. ' +
    'Give the same content as an object that fits. Add nothing of your own; where something is missing, use null or an empty list if the schema allows it.',
  prompt: `${fault}\n\nThe answer:\n${answer}`,
})
