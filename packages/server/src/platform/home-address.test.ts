import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addressOf, removeAddress, writeAddress } from './home-address.ts'
import { processMark } from './process-mark.ts'

let dir: string
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'pumpiq-address-'))))
afterEach(() => rmSync(dir, { recursive: true }))

describe('the address in a data folder', () => {
  it('is there from the time it is written until it is removed', () => {
    expect(addressOf(dir)).toBeNull()
    writeAddress(dir, 'http://127.0.0.1:3000')
    expect(addressOf(dir)).toBe('http://127.0.0.1:3000')
    removeAddress(dir)
    removeAddress(dir)
    expect(addressOf(dir)).toBeNull()
  })

  it.each([
    ['a process that is gone', { url: 'http://127.0.0.1:3000', pid: 2 ** 22 + 1, mark: null }],
    ['an earlier process of the same number', { url: 'http://127.0.0.1:3000', pid: process.pid, mark: 'boot:1' }],
    ['no URL', { url: 'nowhere', pid: process.pid, mark: processMark(process.pid) }],
    ['no object', 7],
  ])('counts as none when it is of %s', (_, written) => {
    writeFileSync(join(dir, 'address'), JSON.stringify(written))
    expect(addressOf(dir)).toBeNull()
  })

  it('counts as none when it was cut short', () => {
    writeFileSync(join(dir, 'address'), '{"url":"http://127.0')
    expect(addressOf(dir)).toBeNull()
  })
})
