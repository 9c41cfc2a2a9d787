import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { staleReason, whyInstall } from './installed.mjs'
import { whyBuild } from './web-build.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pumpiq-run-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function put(path: string, text: string, atS?: number): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
  if (atS !== undefined) utimesSync(join(folder, path), atS, atS)
}

describe('installing', () => {
  const wanted = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b-linux': { version: '1.0.0', optional: true },
    },
  }

  it('is not needed when every package of the lock file is there, those of other platforms aside', () => {
    expect(staleReason(wanted, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBeNull()
  })

  it('is needed when nothing, too little or another version is there, and says which', () => {
    expect(staleReason(wanted, null)).toBe('nothing is installed')
    expect(staleReason(wanted, { packages: {} })).toBe('a is not installed')
    expect(staleReason(wanted, { packages: { 'node_modules/a': { version: '0.9.0' } } })).toBe(
      'a is 0.9.0, the lock file says 1.0.0',
    )
    const otherOptional = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-linux': { version: '2.0.0' } }
    expect(staleReason(wanted, { packages: otherOptional })).toBe('b-linux is 2.0.0, the lock file says 1.0.0')
  })

  it('is needed after an install that was cut off, and when the binary of Node 24 is missing', () => {
    put('package-lock.json', JSON.stringify(wanted))
    put('node_modules/.package-lock.json', '{ "packages": {')
    expect(whyInstall(folder)).toBe('nothing is installed')
    put('node_modules/.package-lock.json', JSON.stringify(wanted))
    expect(whyInstall(folder)).toMatch(/Node 24 is not there/)
    put('node_modules/node/bin/node', '')
    expect(whyInstall(folder)).toBeNull()
  })

  it('stops aloud without a lock file', () => {
    expect(() => whyInstall(folder)).toThrow(/package-lock.json is missing/)
  })
})

describe('building the pages', () => {
  it('is needed when they are not there or older than what they are made of, tests aside', () => {
    put('packages/web/src/main.tsx', '', 1_000)
    expect(whyBuild(folder)).toBe('they are not built yet')
    put('packages/web/dist/index.html', '', 2_000)
    expect(whyBuild(folder)).toBeNull()
    put('packages/web/src/main.test.tsx', '', 3_000)
    expect(whyBuild(folder)).toBeNull()
    put('packages/domain/src/words/price.ts', '', 3_000)
    expect(whyBuild(folder)).toBe('their sources have changed')
  })
})

describe('running a program', () => {
  const launcher = (code: string) => {
    const child = JSON.stringify(fileURLToPath(new URL('child.mjs', import.meta.url)))
    const script = `const { run } = await import(${child}); process.exit(await run(process.execPath, ['-e', ${JSON.stringify(code)}], { cwd: '.' }))`
    return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  }

  it('passes its exit code on', async () => {
    const [code] = await once(launcher('process.exit(3)'), 'exit')
    expect(code).toBe(3)
  })

  it('gives 128 and the number of the signal when a signal ended it', async () => {
    const [code] = await once(launcher('process.kill(process.pid, "SIGKILL")'), 'exit')
    expect(code).toBe(137)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('passes %s on once, and waits for the end', async (signal) => {
    const count = `let n = 0; process.on('${signal}', () => { n += 1; setTimeout(() => process.exit(10 + n), 100) }); console.log('ready'); setInterval(() => {}, 1000)`
    const started = launcher(count)
    await once(started.stdout, 'data')
    started.kill(signal)
    const [code] = await once(started, 'exit')
    expect(code).toBe(11)
  })

  it('tells it once to end when the shell that npm put between is gone', async () => {
    const child = JSON.stringify(fileURLToPath(new URL('child.mjs', import.meta.url)))
    const count = `let n = 0; process.on('SIGTERM', () => { n += 1; setTimeout(() => { console.log('told ' + n); process.exit() }, 1500) }); console.log('ready'); setInterval(() => {}, 1000)`
    const script = `const { run } = await import(${child}); await run(process.execPath, ['-e', ${JSON.stringify(count)}], { cwd: '.' })`
    const shell = spawn('sh', ['-c', `"$NODE" --input-type=module -e "$SCRIPT"; true`], {
      env: { ...process.env, NODE: process.execPath, SCRIPT: script, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    shell.stdout.on('data', (part) => (said += String(part)))
    await once(shell.stdout, 'data')
    shell.kill('SIGTERM')
    await once(shell.stdout, 'close')
    expect(said).toBe('ready\ntold 1\n')
  })
})
