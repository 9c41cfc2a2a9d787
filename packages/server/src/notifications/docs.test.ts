import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { compileFunction } from 'node:vm'
import { checkWebhook } from '@pumpiq/api'
import { describe, expect, it } from 'vitest'

const [secret, next] = [7, 8].map((byte) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`) as [string, string]

/** With nothing of the code under test. */
const sign = (key: string, id: string, time: string, body: string) =>
  `v1,${createHmac('sha256', Buffer.from(key.slice(6), 'base64'))
    .update(`${id}.${time}.${body}`)
    .digest('base64')}`

function sent(body: string, at: number) {
  const time = String(Math.floor(at / 1_000))
  const headers = {
    'webhook-id': 'msg-1',
    'webhook-timestamp': time,
    'webhook-signature': sign(secret, 'msg-1', time, body),
  }
  return { body, headers }
}

describe('docs/webhooks.md', () => {
  const text = readFileSync(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8')
  const block = (name: string): string => {
    const found = new RegExp(`\`\`\`\\w+ ${name}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1]
    if (found === undefined) throw new Error(`docs/webhooks.md has no block ${name}`)
    return found.trimEnd()
  }
  const headers = Object.fromEntries(
    block('vector-headers')
      .split('\n')
      .map((line) => line.split(/: (.*)/).slice(0, 2)),
  )

  it('has a test vector that is signed as it says', async () => {
    const body = block('vector-body')
    const at = Number(headers['webhook-timestamp']) * 1_000
    const vectorSecret = block('vector-secret')
    expect(headers['webhook-signature']).toBe(
      sign(vectorSecret, headers['webhook-id'], headers['webhook-timestamp'], body),
    )
    const header = (name: string) => headers[name]
    expect(await checkWebhook({ body, header, secrets: [vectorSecret], now: at })).toMatchObject({ ok: true })
  })

  it('has an example that takes what is genuine once, and refuses what is not', async () => {
    const lines = block('receiver').split('\n')
    const source = stripTypeScriptTypes(
      lines
        .filter((line) => !line.startsWith('import '))
        .join('\n')
        .replaceAll('export ', ''),
    )
    const made: unknown = compileFunction(`${source}\nreturn receive`, ['checkWebhook', 'process'])
    const acted: unknown[] = []
    const receive = (made as (...given: unknown[]) => unknown)(checkWebhook, {
      env: { WEBHOOK_SECRETS: `${next} ${secret}` },
    }) as (request: Request, act: (type: string, data: unknown) => Promise<void>) => Promise<Response>
    const act = async (type: string) => void acted.push(type)
    const status = async ({ body, headers: sentHeaders }: ReturnType<typeof sent>) =>
      (await receive(new Request('https://receiver.example/hook', { method: 'POST', body, headers: sentHeaders }), act))
        .status
    const fresh = sent('{"type":"test","data":{}}', Date.now())
    expect([await status(fresh), await status(fresh), acted]).toEqual([204, 204, ['test']])
    expect(await status({ ...fresh, body: '{"type":"other","data":{}}' })).toBe(401)
    expect(await status(sent('{}', Date.now() - 600_000))).toBe(401)
    expect(acted).toEqual(['test'])
  })
})
