import { join } from 'node:path'
import { Client as Assistant } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startDemo, type Product } from '../e2e/product.ts'
import { root } from './tree.ts'

let product: Product
beforeAll(async () => void (product = await startDemo()), 120_000)
afterAll(() => product.close())

it('an assistant starts `pumpiq mcp` over stdio, and a running server answers it', { timeout: 120_000 }, async () => {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(root, 'packages/server/bin/pumpiq.js'), 'mcp', '--url', product.url],
    env: { PATH: process.env['PATH'] ?? '' },
    cwd: root,
    stderr: 'pipe',
  })
  let notices = ''
  transport.stderr?.on('data', (bytes: Buffer) => (notices += bytes.toString()))
  const assistant = new Assistant({ name: 'test', version: '0' })
  await assistant.connect(transport)
  const made = await assistant.callTool({ name: 'recommend', arguments: { token: 'ETH' } }, undefined, {
    timeout: 90_000,
  })
  expect(made.structuredContent).toMatchObject({ symbol: 'ETH', data: 'simulated', labels: ['SIMULATED'] })
  const sound = await assistant.callTool({ name: 'verify', arguments: {} })
  expect(sound.structuredContent).toMatchObject({ ok: true })
  const { resources } = await assistant.listResources()
  expect(resources.map(({ name }) => name)).toContain('ledger')
  await assistant.close()
  expect(notices).toContain(`pumpiq mcp asks ${product.url}`)
})
