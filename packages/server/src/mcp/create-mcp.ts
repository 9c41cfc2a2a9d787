import type { Client } from '@pumpiq/api'
import { isFailure, type Failure } from '@pumpiq/domain'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import type { Log } from '../platform/log.ts'
import { askingTools } from './asking-tools.ts'
import { foreign, foreignNotice, hasForeign, marked } from './foreign.ts'
import { readingTools } from './reading-tools.ts'
import type { Told, Tool } from './tool.ts'

/** A page of the manual; `read` gives its Markdown. */
export type Page = { readonly name: string; readonly title: string; read(): string }

type Needs = { client: Client; version: string; log: Log; pages?: readonly Page[] }

const instructions = `PumpIQ makes recommendations for crypto tokens, seals each in a hash chain with all it was decided from, and follows it to what the market did. Tell a person the confidence with its method and sample size, whether a call is actionable, and what could not be known; a call is a measurement, not advice. Data labelled SIMULATED are invented. ${foreignNotice}`

/** An MCP server over the client alone: wherever the client reaches a PumpIQ, this one speaks for it. */
export function createMcp({ client, version, log, pages = [] }: Needs): McpServer {
  const server = new McpServer({ name: 'pumpiq', version }, { instructions })
  for (const tool of [...readingTools, ...askingTools]) {
    const { name, title, description, input, readOnly } = tool
    const annotations = { title, readOnlyHint: readOnly, destructiveHint: false, openWorldHint: true }
    server.registerTool(name, { title, description, inputSchema: input, annotations }, (given: unknown, { signal }) =>
      answer(tool, given, signal, { client, log }),
    )
  }
  for (const { name, title, read } of pages) {
    server.registerResource(name, `pumpiq://docs/${name}`, { title, mimeType: 'text/markdown' }, ({ href }) => ({
      contents: [{ uri: href, mimeType: 'text/markdown', text: read() }],
    }))
  }
  return server
}

type Answering = Pick<Needs, 'client' | 'log'>

async function answer(
  tool: Tool,
  given: unknown,
  abort: AbortSignal,
  { client, log }: Answering,
): Promise<CallToolResult> {
  try {
    const [health, told] = await Promise.all([client.system.health({}, { abort }), tool.run(client, given, abort)])
    return resultOf(told, health.data === 'simulated')
  } catch (thrown) {
    if (!isFailure(thrown)) {
      log.error('a tool broke', { tool: tool.name, error: String(thrown) })
      return refusal('something broke in this MCP server: its log on stderr says what')
    }
    log.warn('a tool failed', { tool: tool.name, code: thrown.code, problem: thrown.message })
    return refusal(failureText(thrown))
  }
}

function resultOf({ document, text }: Told, simulated: boolean): CallToolResult {
  const structured = marked(document) as Record<string, unknown>
  const notice = hasForeign(text) || hasForeign(JSON.stringify(structured)) ? foreignNotice : null
  const data = simulated ? 'simulated' : 'live'
  const lines = [
    ...(simulated ? ['SIMULATED: every price, call and record of this server is invented.'] : []),
    ...(notice === null ? [] : [notice]),
    text,
  ]
  return {
    content: [{ type: 'text', text: lines.join('\n') }],
    structuredContent: { data, ...(notice !== null && { notice }), ...structured },
  }
}

const refusal = (text: string): CallToolResult => ({ isError: true, content: [{ type: 'text', text }] })

function failureText({ code, message, retryAfterMs, candidates = [] }: Failure): string {
  const later = retryAfterMs === undefined ? [] : [`ask again in ${Math.ceil(retryAfterMs / 1_000)} s`]
  const meant = candidates.map((one) => foreign(typeof one === 'string' ? one : JSON.stringify(one)))
  const notice = meant.length > 0 ? ['it could be one of these:', ...meant, foreignNotice] : []
  return [`${code}: ${message}`, ...later, ...notice].join('\n')
}
