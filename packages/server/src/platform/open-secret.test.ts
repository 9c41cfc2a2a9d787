import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSecret } from './open-secret.ts'
import { createSecret } from './secret.ts'

describe('the secret of an installation', () => {
  let dir = ''
  const home = { path: (name: string) => join(dir, name) }
  const open = () => openSecret({ secret: null, home }).reveal()
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'pumpiq-secret-'))))
  afterEach(() => rmSync(dir, { recursive: true }))

  it('is PUMPIQ_SECRET where that is set, and then none is made', () => {
    const given = createSecret('g'.repeat(32))
    expect(openSecret({ secret: given, home })).toBe(given)
    expect(openSecret({ secret: given, home: null })).toBe(given)
    expect(readdirSync(dir)).toEqual([])
  })

  it('is made at first start, for its owner only, and stays', () => {
    const first = open()
    expect(first.length).toBeGreaterThanOrEqual(32)
    expect([open(), readFileSync(join(dir, 'secret'), 'utf8')]).toEqual([first, `${first}\n`])
    expect([statSync(join(dir, 'secret')).mode & 0o777, readdirSync(dir)]).toEqual([0o600, ['secret']])
  })

  it('is made anew for every installation, also after a first start that died over it', () => {
    const first = open()
    rmSync(join(dir, 'secret'))
    writeFileSync(join(dir, 'secret.new'), 'half')
    expect(open()).not.toBe(first)
  })

  it('is closed to others again when somebody opened it', () => {
    open()
    chmodSync(join(dir, 'secret'), 0o644)
    open()
    expect(statSync(join(dir, 'secret')).mode & 0o777).toBe(0o600)
  })

  it('is not replaced when it is damaged', () => {
    writeFileSync(join(dir, 'secret'), 'short\n')
    expect(open).toThrow('does not hold a secret')
    expect(readFileSync(join(dir, 'secret'), 'utf8')).toBe('short\n')
  })

  it('must be given where several processes share a database', () => {
    expect(() => openSecret({ secret: null, home: null })).toThrow('PUMPIQ_SECRET is not set')
  })
})
