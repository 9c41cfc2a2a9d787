import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { createTestApp } from './test-app.ts'

it('the API reference is a page of this server alone, with styles under a nonce of its own each time', async () => {
  const { app } = await createTestApp()
  const pages = [await app.inject('/api/docs'), await app.inject('/api/docs')]
  const nonces = pages.map(({ body, headers, statusCode }) => {
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(body).not.toMatch(/https?:|<style| on\w+=/)
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toMatch(/unsafe-eval|https?:|script-src[^;]*unsafe/)
    const nonce = /csp-nonce" content="([^"]+)"/.exec(body)?.[1]
    expect(policy).toContain(`'nonce-${nonce}'`)
    return nonce
  })
  expect(nonces[0]).not.toBe(nonces[1])
  const [, script] = /<script src="([^"]+)"/.exec(pages[0]!.body)!
  const { rawPayload, headers } = await app.inject(script!)
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/javascript; charset=utf-8' })
  expect(gunzipSync(rawPayload).toString()).toContain('api-reference')
  await app.close()
}, 30_000)
