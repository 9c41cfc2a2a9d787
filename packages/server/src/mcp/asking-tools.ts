import { Mode, RiskTolerance, Timeframe } from '@pumpiq/domain'
import { z } from 'zod'
import { callText } from './text.ts'
import { tool, type Tool } from './tool.ts'

const recommend = tool({
  name: 'recommend',
  title: 'Ask for a recommendation',
  description:
    'The freshest sealed recommendation for a token, or a new one, which is then sealed and followed. It is a measurement and the opinion of a program, not advice; it trades nothing. Takes up to a minute.',
  input: z.strictObject({
    token: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .describe('ticker, name, address of a contract, or identity (chain:address)'),
    timeframe: Timeframe.optional(),
    riskTolerance: RiskTolerance.optional(),
    mode: Mode.optional(),
    maxAgeMs: z
      .int()
      .nonnegative()
      .optional()
      .describe('how old a sealed answer may be to be given again; 0 makes a new one'),
  }),
  readOnly: false,
  async run(client, body, abort) {
    const document = await client.recommendations.create({ body }, { abort })
    return { document, text: callText(document) }
  },
})

export const askingTools: readonly Tool[] = [recommend]
