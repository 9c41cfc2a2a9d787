import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { trustOf } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'

const folder = process.env['EVALUATION_DIR']

/** Addresses inside the ids that Google News gave its articles in 2023: base64 of a few bytes and the address. */
function hostsOfNews(): Map<string, number> {
  const file = join(folder!, 'data/news/cryptotrade_gnews_2023/news.jsonl.gz')
  const hosts = new Map<string, number>()
  for (const line of gunzipSync(readFileSync(file)).toString('utf8').split('\n')) {
    const id = /\/articles\/([\w-]+)/.exec(line)?.[1]
    const host = /https?:\/\/([a-z0-9.-]+)\//.exec(id ? Buffer.from(id, 'base64url').toString('latin1') : '')?.[1]
    if (host) hosts.set(host, (hosts.get(host) ?? 0) + 1)
  }
  return hosts
}

describe.skipIf(!folder)('publishers of news about coins in 2023 (needs EVALUATION_DIR)', () => {
  it('are hardly ever taken for imitations', () => {
    const hosts = hostsOfNews()
    const articles = [...hosts.values()].reduce((sum, count) => sum + count, 0)
    const tiers = [...hosts].map(([host, count]) => [host, count, trustOf(host).tier] as const)
    const rows = [...new Set(tiers.map(([, , tier]) => tier))].map((tier) => {
      const own = tiers.filter(([, , of]) => of === tier)
      return { tier, hosts: own.length, articles: own.reduce((sum, [, count]) => sum + count, 0) }
    })
    const imitations = tiers.flatMap(([host, , tier]) => (tier === 'imitation' ? [host] : []))
    console.table(rows)
    console.log(`${hosts.size} hosts, ${articles} articles; taken for imitations: ${imitations.join(', ') || 'none'}`)
    expect(hosts.size).toBeGreaterThan(100)
    expect(imitations.length / hosts.size).toBeLessThan(0.02)
  })
})
