import { Period, verifyExport } from '@pumpiq/api'
import { CallType, Timeframe } from '@pumpiq/domain'
import { z } from 'zod'
import { foreign, foreignName } from './foreign.ts'
import { analysisText, callLine, callText, explanationText, recordText } from './text.ts'
import { tool, type Tool } from './tool.ts'

const TokenName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .describe('ticker (BTC), name, address of a contract, or identity (bitcoin:native, ethereum:0x...)')
const Id = z.uuid().describe('of a recommendation, as list_recommendations and recommend tell it')
const Limit = z.int().min(1).max(50).default(10)

const listTokens = tool({
  name: 'list_tokens',
  title: 'Find tokens',
  description:
    'Tokens of the catalogue, largest first, or those that a text is found in. A ticker is no identity: several tokens may share it.',
  input: z.strictObject({
    search: z.string().trim().min(1).max(100).optional().describe('symbol, name or address'),
    limit: Limit,
  }),
  readOnly: true,
  async run(client, { search, limit }, abort) {
    const { items } = await client.tokens.list(
      { query: { ...(search !== undefined && { q: search }), limit } },
      { abort },
    )
    const lines = items.map(({ id, symbol, name }) => `${foreignName(symbol)} ${foreign(name, 60)} is ${id}`)
    return { document: { items }, text: lines.join('\n') || 'no such token in the catalogue' }
  },
})

const tokenAnalysis = tool({
  name: 'token_analysis',
  title: 'What is known of a token',
  description:
    'Price, readings of four kinds with their sources and ages, safety, stories, and what could not be known. Nothing is decided by it.',
  input: z.strictObject({ token: TokenName }),
  readOnly: true,
  async run(client, { token }, abort) {
    const document = await client.evidence.token({ params: { id: token } }, { abort })
    return { document, text: analysisText(document) }
  },
})

const listRecommendations = tool({
  name: 'list_recommendations',
  title: 'Recommendations, newest first',
  description:
    'Sealed calls with levels, confidence and how they ended. `current` gives the newest house call of each token.',
  input: z.strictObject({
    token: z.string().max(200).optional().describe('identity of a token: chain:address'),
    type: CallType.optional(),
    timeframe: Timeframe.optional(),
    current: z.boolean().default(false),
    limit: Limit,
  }),
  readOnly: true,
  async run(client, { current, limit, ...filters }, abort) {
    const query = { ...filters, limit, ...(current && { current: 'true' }) }
    const { items } = await client.recommendations.list({ query }, { abort })
    const lines = items.map((call) => callLine(call, call.outcome))
    return { document: { items }, text: lines.join('\n') || 'there are none' }
  },
})

const recommendation = tool({
  name: 'recommendation',
  title: 'One recommendation, whole',
  description:
    'A sealed recommendation: levels, confidence with its method and sample, reasons, gaps, and its place in the ledger.',
  input: z.strictObject({ id: Id }),
  readOnly: true,
  async run(client, { id }, abort) {
    const [document, { state, versions }] = await Promise.all([
      client.recommendations.one({ params: { id } }, { abort }),
      client.recommendations.outcome({ params: { id } }, { abort }),
    ])
    const ended = versions[0] ? `ended: ${versions[0].outcome.status}` : `state: ${state}`
    return {
      document: { ...document, outcome: { state, newest: versions[0] ?? null } },
      text: `${callText(document)}\n${ended}`,
    }
  },
})

const explain = tool({
  name: 'explain',
  title: 'Why a recommendation says what it says',
  description:
    'Each sentence with the readings it refers to, how the type came, and why each level stands where it does. `whole` adds every reading and what was seen, by whom and when: that is long.',
  input: z.strictObject({ id: Id, whole: z.boolean().default(false) }),
  readOnly: true,
  async run(client, { id, whole }, abort) {
    const all = await client.recommendations.explanation({ params: { id } }, { abort })
    const { readings: _, observations: __, ...short } = all
    return { document: whole ? all : short, text: explanationText(all) }
  },
})

const trackRecord = tool({
  name: 'track_record',
  title: 'How good the calls were',
  description:
    'The public record of house calls that ended in a period, with intervals, beside buying and holding and other baselines. Figures of too few calls are null.',
  input: z.strictObject({ timeframe: Timeframe.default('SWING'), period: Period.default('all') }),
  readOnly: true,
  async run(client, query, abort) {
    const [summary, baselines] = await Promise.all([
      client.performance.summary({ query }, { abort }),
      client.performance.baselines({ query }, { abort }),
    ])
    return { document: { summary, baselines }, text: recordText(summary, baselines.verdict) }
  },
})

const Head = z.strictObject({ seq: z.int().positive(), hash: z.string().regex(/^[0-9a-f]{64}$/) })

const verify = tool({
  name: 'verify',
  title: 'Check the whole record',
  description:
    'Fetches the whole ledger and computes every hash here, not at the server. `known` is a head that was written down before: without it a chain that was made anew as a whole cannot be told from the true one.',
  input: z.strictObject({ known: Head.optional() }),
  readOnly: true,
  async run(client, { known }, abort) {
    const head = await client.ledger.head({}, { abort })
    const lines = await client.ledger.export({}, { abort })
    const verdict = await verifyExport(lines, { known: [head, ...(known ? [known] : [])] })
    const { ok, count, note, faultCount, faults } = verdict
    const end = verdict.head ? `the head is ${verdict.head.seq}:${verdict.head.hash}` : 'it is empty'
    const told = faults.slice(0, 20).map(({ line, sentence }) => `line ${line}: ${sentence}`)
    return {
      document: verdict,
      text: [
        `${ok ? 'sound' : `NOT SOUND, ${faultCount} faults`}: ${count} records, ${end}`,
        ...(note === null ? [] : [note]),
        ...told,
      ].join('\n'),
    }
  },
})

const sources = tool({
  name: 'sources',
  title: 'Where evidence comes from',
  description: 'Every outside source: of which kind, whether it answers, why it is off, and what is left of its quota.',
  input: z.strictObject({}),
  readOnly: true,
  async run(client, _, abort) {
    const { items } = await client.system.sources({}, { abort })
    const lines = items.map(({ id, kinds, state, off, lastFailure }) =>
      off === null
        ? `${id} (${kinds.join(', ')}): ${state}${state === 'down' && lastFailure ? `, ${foreign(lastFailure)}` : ''}`
        : `${id} (${kinds.join(', ')}): off, ${off}`,
    )
    return { document: { items }, text: lines.join('\n') }
  },
})

export const readingTools: readonly Tool[] = [
  listTokens,
  tokenAnalysis,
  listRecommendations,
  recommendation,
  explain,
  trackRecord,
  verify,
  sources,
]
