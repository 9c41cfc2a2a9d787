import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { roles } from '../packages/server/src/platform/roles.ts'
import { keepRunning, readProcfile } from './processes.ts'

describe('a Procfile', () => {
  it('is read line by line, without comments', () => {
    expect(readProcfile('# all\n\napi: serve --roles api # one\nengine-1:   serve\n')).toEqual([
      { name: 'api', args: ['serve', '--roles', 'api'] },
      { name: 'engine-1', args: ['serve'] },
    ])
    expect(() => readProcfile('api serve')).toThrow('line 1 is not "name: arguments"')
  })
})

describe('what is deployed', () => {
  const rolesIn = (text: string) =>
    new Set([...text.matchAll(/--roles[ ,]+'?([a-z:,]+)/g)].flatMap(([, named]) => named!.split(',').filter(Boolean)))

  it.each(['deploy/Procfile', 'deploy/compose.yaml'])('in %s is every role, and no other', (file) => {
    expect(rolesIn(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'))).toEqual(new Set(roles))
  })

  it('runs as nobody special, with nothing secret in it', () => {
    const image = readFileSync(new URL('../deploy/Dockerfile', import.meta.url), 'utf8')
    expect(image.split('\n').filter((line) => line.startsWith('USER '))).toEqual(['USER node'])
    const compose = readFileSync(new URL('../deploy/compose.yaml', import.meta.url), 'utf8')
    const secrets = [...compose.matchAll(/[^$]\$\{\w*(?:PASSWORD|SECRET)([^}]*)\}/g)].map(([, otherwise]) => otherwise)
    expect(secrets.length).toBeGreaterThanOrEqual(4)
    expect(new Set(secrets)).toEqual(new Set([':?']))
  })
})

describe('processes', () => {
  let running: ReturnType<typeof keepRunning> | null = null
  afterEach(() => running?.stop('SIGKILL'))

  it('are kept running: who dies is started again, and all end when told to', async () => {
    const said: string[] = []
    running = keepRunning({
      lines: [
        { name: 'short', args: ['process.exit(3)'] },
        { name: 'long', args: ['console.log("up"); setInterval(() => {}, 1000)'] },
      ],
      command: [process.execPath, '-e'],
      env: {},
      say: (line) => said.push(line),
      pauseMs: 10,
    })
    const starts = () => said.filter((line) => line.startsWith('short') && line.includes('exit code 3')).length
    await expect.poll(starts, { timeout: 20_000 }).toBeGreaterThanOrEqual(3)
    await expect.poll(() => said.some((line) => /^long +\| up$/.test(line)), { timeout: 20_000 }).toBe(true)
    const pid = running.pidOf('long')!
    await running.stop()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })
})
