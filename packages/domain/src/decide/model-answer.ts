import { z } from 'zod'

/**
 * What the analyst model must answer, in the subset that strict structured outputs know: every key required, no lengths of strings, no
 * unions of objects. Text refers to readings as {id}; it may hold no number of its own. Reasons stand before the verdict, since keys come
 * in this order.
 */
export const ModelAnswer = z.strictObject({
  reasoning: z
    .array(z.string())
    .max(8)
    .describe(
      'Sentences, the most important first. Put {its id} behind the words that a reading bears out; write no numbers. At most 240 characters each.',
    ),
  factors: z
    .array(z.strictObject({ reading: z.string(), why: z.string() }))
    .max(8)
    .describe('Readings that decide, the most important first, each with one short clause without numbers.'),
  conflicts: z
    .array(z.strictObject({ up: z.string(), down: z.string(), why: z.string() }))
    .max(4)
    .describe('Pairs of reading ids that pull apart.'),
  wouldChange: z.array(z.string()).max(4).describe('What would change your mind, in sentences as above.'),
  stop: z.string().nullable().describe('Id of another stop candidate, or null for the default.'),
  target: z.string().nullable().describe('Id of another target candidate, or null for the default.'),
  stance: z.enum(['agree', 'caution']).describe('caution moves the call one step toward doing nothing.'),
  adjustment: z.number().describe('Added to the confidence, between -0.10 and 0.05.'),
})
export type ModelAnswer = z.output<typeof ModelAnswer>
