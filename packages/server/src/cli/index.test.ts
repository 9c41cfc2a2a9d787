import { readdirSync } from 'node:fs'
import { Failure } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { type Cli, OutputClosed, commands, exitCodeOf, failureText, runCli } from './index.ts'

function world(env: Cli['env'] = {}) {
  const said = { out: '', err: '' }
  const cli: Cli = {
    env,
    version: '1.2.3',
    clock: systemClock,
    abort: new AbortController().signal,
    stdout: (text) => void (said.out += text),
    stderr: (text) => void (said.err += text),
  }
  return { cli, said }
}

describe('the command line', () => {
  it('lists every command by name and summary when asked for help', async () => {
    const { cli, said } = world()
    expect(await runCli(['--help'], cli)).toBe(0)
    for (const { name, summary } of commands) expect(said.out).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'))
    expect(said.err).toBe('')
  })

  it.each(commands.map(({ name }) => name))(
    'explains %s as its own file does, needing no valid environment for that',
    async (name) => {
      const { cli, said } = world({ PORT: 'nonsense' })
      const entry = commands.find((one) => one.name === name)!
      const command = await entry.load()
      expect([command.name, command.summary]).toEqual([entry.name, entry.summary])
      expect(command.usage.startsWith(`pumpiq ${name}`)).toBe(true)
      expect(await runCli([name, '--help'], cli)).toBe(0)
      expect(said.out).toContain(command.usage.trimEnd())
    },
  )

  it.each(commands.map(({ name }) => name))('refuses an unknown option of %s with exit code 2', async (name) => {
    const { cli, said } = world()
    expect(await runCli([name, '--no-such-option'], cli)).toBe(2)
    expect(said).toEqual({ out: '', err: expect.stringContaining('--no-such-option') })
  })

  it('says its version', async () => {
    const { cli, said } = world()
    expect(await runCli(['--version'], cli)).toBe(0)
    expect(said.out).toBe('1.2.3\n')
  })

  it('exits 2 without a command, and at one it does not know, with the help on stderr', async () => {
    for (const argv of [[], ['reccomend'], ['toString']]) {
      const { cli, said } = world()
      expect(await runCli(argv, cli)).toBe(2)
      expect(said.out).toBe('')
      expect(said.err).toContain('pumpiq <command>')
    }
  })

  it('exits 2 when the environment is wrong, and names the variable', async () => {
    const { cli, said } = world({ PUMPIQ_HOEM: '/data' })
    expect(await runCli([commands[0]!.name], cli)).toBe(2)
    expect(said.err).toContain('PUMPIQ_HOEM')
  })

  it('has a line for every command file', () => {
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
    const verbs = files
      .map((file) => file.slice(0, -'.ts'.length))
      .filter((file) => !['index', 'command', 'args', 'server-instead', 'kept'].includes(file))
    expect(commands.map(({ name }) => name).toSorted()).toEqual(verbs.toSorted())
  })
})

describe('what is thrown', () => {
  it.each([
    [new Failure('invalid', 'x'), 2],
    [new Failure('conflict', 'x', { candidates: ['a', 'b'] }), 2],
    [new Failure('conflict', 'x'), 1],
    [new Failure('notFound', 'x'), 1],
    [new Failure('unavailable', 'x'), 1],
    [new Failure('broken', 'x'), 1],
    [new Error('x'), 1],
    [new OutputClosed(), 1],
  ])('%j becomes exit code %i', (thrown, code) => {
    expect(exitCodeOf(thrown)).toBe(code)
  })

  it('is told in a sentence, with the candidates of a ticker and the way to the help', () => {
    const ambiguous = new Failure('conflict', 'PUMP is more than one token', {
      candidates: ['solana:a', { id: 'ethereum:0xb' }],
    })
    expect(failureText('recommend', ambiguous)).toBe(
      'pumpiq recommend: PUMP is more than one token\n  solana:a\n  {"id":"ethereum:0xb"}\n',
    )
    expect(failureText('judge', new Failure('invalid', '--fees "x"'))).toBe(
      'pumpiq judge: --fees "x"\nSee: pumpiq judge --help\n',
    )
  })

  it('is told whole when it is a bug', () => {
    expect(failureText('judge', new TypeError('no such thing'))).toMatch(
      /fault of PumpIQ.*\nTypeError: no such thing\n +at /s,
    )
  })
})
