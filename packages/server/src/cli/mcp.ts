import { existsSync, readFileSync } from 'node:fs'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { baseOf, createClient } from '@pumpiq/api'
import { Failure } from '@pumpiq/domain'
import { createMcp, type Page } from '../mcp/create-mcp.ts'
import { createLog } from '../platform/log.ts'
import { optional, readArgs, type Reader } from './args.ts'
import type { Command } from './command.ts'

const url: Reader<string> = (given, option) => {
  try {
    return baseOf(given)
  } catch {
    throw new Failure(
      'invalid',
      `--${option}: allowed is an http:// or https:// URL without user, password, query or fragment, such as http://127.0.0.1:3000`,
    )
  }
}

const shown = [
  ['ledger', 'The ledger, and how to verify it'],
  ['explain', 'How a call is explained'],
  ['confidence', 'What confidence is, and what it is worth'],
  ['safety', 'How the safety of a token is judged'],
] as const

/** What of the manual is there: an installation may be without it. */
const pages = (): Page[] =>
  shown
    .map(([name, title]) => ({ name, title, file: new URL(`../../../../docs/${name}.md`, import.meta.url) }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, title, file }) => ({ name, title, read: () => readFileSync(file, 'utf8') }))

export const mcp: Command = {
  name: 'mcp',
  summary: 'speak MCP over stdin and stdout, so that an assistant can ask a running server',
  usage: `pumpiq mcp [--url URL]

  --url URL   the server that is asked: http://127.0.0.1:PORT unless said

An API key in PUMPIQ_KEY signs in there; a server on this machine needs none in local mode. It stops when stdin ends.
docs/mcp.md says how an assistant is told of it.`,
  async run(args, { config, version, abort, stderr }) {
    const { values } = readArgs(args, { url: optional(url) })
    const baseUrl = values.url ?? `http://127.0.0.1:${config.port}`
    const { protocol, hostname } = new URL(baseUrl)
    if (config.apiKey && protocol === 'http:' && !/^(127\..*|localhost|\[::1\])$/.test(hostname))
      stderr(`the API key goes to ${hostname} without TLS: whoever is in between can read it\n`)
    const client = createClient({ baseUrl, apiKey: config.apiKey?.reveal() })
    const server = createMcp({ client, version, log: createLog(), pages: pages() })
    const ended = new Promise<void>((end) => {
      Object.assign(server.server, { onclose: end })
      process.stdin.once('end', end)
      process.stdin.once('close', end)
      abort.addEventListener('abort', () => end(), { once: true })
    })
    await server.connect(new StdioServerTransport())
    stderr(`pumpiq mcp asks ${baseUrl}\n`)
    if (!abort.aborted) await ended
    await server.close()
    return 0
  },
}
