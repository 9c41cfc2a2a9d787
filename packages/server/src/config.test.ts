import fc from 'fast-check'
import { inspect } from 'node:util'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

describe('the configuration', () => {
  it('needs nothing: an empty environment is one process on this machine, embedded', () => {
    expect(readConfig({})).toEqual({
      home: resolve('.pumpiq'),
      databaseUrl: null,
      databaseReplicaUrl: null,
      redisUrl: null,
      smtpUrl: null,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      trustProxy: false,
      corsOrigins: [],
      apiKey: null,
      metricsToken: null,
      localMode: true,
      registration: 'closed',
      upstream: null,
      secret: null,
      model: null,
      modelBaseUrl: null,
      modelKey: null,
      modelSuccessor: null,
      modelUsdPerDay: 1,
      modelPrice: null,
      sourceKeys: {},
      sources: {},
      evaluationDir: null,
    })
  })

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '  ', COINGECKO_API_KEY: '' })).toEqual(readConfig({}))
  })

  it('cannot be changed afterwards', () => {
    const config = readConfig({ TRUST_PROXY: 'loopback', COINGECKO_API_KEY: 'abc' })
    expect([config, config.sourceKeys, config.trustProxy].every((part) => Object.isFrozen(part))).toBe(true)
  })

  it('reads every variable', () => {
    const config = readConfig({
      PUMPIQ_HOME: '/data/pumpiq',
      DATABASE_URL: 'postgres://u:p@db/pumpiq',
      DATABASE_REPLICA_URL: 'postgresql://u:p@replica/pumpiq',
      REDIS_URL: 'rediss://:p@cache:6380/1',
      SMTP_URL: 'smtps://u:p@mail:465',
      HOST: '::',
      PORT: '0',
      PUBLIC_URL: 'https://example.org/pumpiq/',
      TRUST_PROXY: '10.0.0.0/8, loopback',
      PUMPIQ_UPSTREAM: 'http://127.0.0.1:9000/',
      PUMPIQ_CORS_ORIGINS: 'https://app.example.org, http://localhost:5173',
      PUMPIQ_SECRET: 's'.repeat(32),
      PUMPIQ_MODEL: 'gpt-4o',
      PUMPIQ_MODEL_SUCCESSOR: 'gpt-6-luna',
      PUMPIQ_MODEL_USD_PER_DAY: '2.50',
      PUMPIQ_MODEL_PRICE: '2.5/1.25/10',
      OPENAI_BASE_URL: 'http://localhost:11434/v1',
      OPENAI_API_KEY: 'sk-123',
      COINGECKO_API_KEY: 'cg-1',
      LUNAR_CRUSH_API_KEY: 'lc-1',
      EVALUATION_DIR: '/recorded',
    })
    expect(config).toMatchObject({
      home: '/data/pumpiq',
      host: '::',
      port: 0,
      publicUrl: 'https://example.org/pumpiq',
      trustProxy: ['10.0.0.0/8', 'loopback'],
      corsOrigins: ['https://app.example.org', 'http://localhost:5173'],
      upstream: 'http://127.0.0.1:9000',
      model: 'gpt-4o',
      modelBaseUrl: 'http://localhost:11434/v1',
      modelSuccessor: 'gpt-6-luna',
      modelUsdPerDay: 2.5,
      modelPrice: { input: 2.5, cachedInput: 1.25, output: 10 },
      evaluationDir: '/recorded',
    })
    const secrets = {
      ...config.sourceKeys,
      databaseUrl: config.databaseUrl,
      modelKey: config.modelKey,
      secret: config.secret,
    }
    expect(Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, secret?.reveal()]))).toEqual({
      coingecko: 'cg-1',
      'lunar-crush': 'lc-1',
      databaseUrl: 'postgres://u:p@db/pumpiq',
      modelKey: 'sk-123',
      secret: 's'.repeat(32),
    })
  })

  it.each([
    [{}, true],
    [{ HOST: 'localhost' }, true],
    [{ HOST: '::1' }, true],
    [{ PUBLIC_URL: 'http://localhost:3000' }, true],
    [{ HOST: '0.0.0.0' }, false],
    [{ HOST: '127.0.0.1.example.org' }, false],
    [{ TRUST_PROXY: '1' }, false],
    [{ PUBLIC_URL: 'https://pumpiq.example' }, false],
    [{ HOST: '0.0.0.0', PUMPIQ_LOCAL_MODE: 'on' }, true],
    [{ PUMPIQ_LOCAL_MODE: 'off' }, false],
  ])('knows whoever sits at the machine without an account where nobody else can come: %o', (env, localMode) => {
    const registration = localMode ? 'closed' : 'open'
    expect(readConfig(env)).toMatchObject({ localMode, registration })
    expect(readConfig({ ...env, PUMPIQ_REGISTRATION: 'open' }).registration).toBe('open')
  })

  it.each([{ PUMPIQ_LOCAL_MODE: 'yes' }, { PUMPIQ_REGISTRATION: 'invited' }])('names what is allowed: %o', (env) => {
    expect(() => readConfig(env)).toThrow(/^PUMPIQ_\w+ is ".*", which is not valid: allowed is \w+ or \w+$/)
  })

  it('tells no secret when it is printed', () => {
    const env = {
      DATABASE_URL: 'postgres://u:hunter2@db/x',
      OPENAI_API_KEY: 'hunter2',
      REDIS_URL: 'redis://:hunter2@x',
      A_API_KEY: 'hunter2',
    }
    const config = readConfig(env)
    expect(`${inspect(config, { depth: 9 })} ${JSON.stringify(config)}`).not.toContain('hunter2')
  })

  it.each([
    ['PORT', '70000', /PORT is "70000".*0 .*65535/],
    ['PORT', '80a', /PORT/],
    ['PORT', '-1', /PORT/],
    ['HOST', 'http://localhost', /HOST is "http:\/\/localhost".*127\.0\.0\.1/],
    [
      'DATABASE_URL',
      'mysql://u:hunter2@db',
      /^DATABASE_URL is not valid: allowed is a URL that begins with postgres:\/\/ or postgresql:\/\/$/,
    ],
    ['REDIS_URL', 'hunter2', /^REDIS_URL .*redis:\/\//],
    ['SMTP_URL', 'http://hunter2', /^SMTP_URL/],
    ['PUBLIC_URL', 'ftp://example.org', /^PUBLIC_URL .*https:\/\//],
    ['PUMPIQ_UPSTREAM', 'https://user:hunter2@proxy', /^PUMPIQ_UPSTREAM .*without user, password/],
    ['OPENAI_BASE_URL', 'localhost:11434', /^OPENAI_BASE_URL/],
    ['OPENAI_API_KEY', 'hunter2 hunter2', /^OPENAI_API_KEY .*without spaces/],
    ['PUMPIQ_SECRET', 'hunter2', /^PUMPIQ_SECRET .*at least 32 characters, 7 were given/],
    ['PUMPIQ_MODEL', 'gpt 4', /^PUMPIQ_MODEL is "gpt 4"/],
    ['OPENAI_BASE_URL', 'http://localhost:11434/v1', /^OPENAI_BASE_URL .*beside PUMPIQ_MODEL, which is not set/],
    ['PUMPIQ_MODEL_SUCCESSOR', 'gpt 6', /^PUMPIQ_MODEL_SUCCESSOR is "gpt 6".*such as gpt-6-luna/],
    ['PUMPIQ_MODEL_USD_PER_DAY', '-1', /^PUMPIQ_MODEL_USD_PER_DAY is "-1".*US dollars from 0/],
    ['PUMPIQ_MODEL_USD_PER_DAY', '1e3', /^PUMPIQ_MODEL_USD_PER_DAY is "1e3"/],
    ['PUMPIQ_MODEL_PRICE', '2.5/10', /^PUMPIQ_MODEL_PRICE is "2\.5\/10".*2\.50\/1\.25\/10/],
    ['TRUST_PROXY', 'true', /^TRUST_PROXY is "true".*number of hops/],
    ['COINGECKO_API_KEY', 'hunter2\nx', /^COINGECKO_API_KEY/],
    ['DATABASE_REPLICA_URL', 'postgres://hunter2', /^DATABASE_REPLICA_URL .*DATABASE_URL/],
    ['PUMPIQ_PORT', '3000', /^unknown variable PUMPIQ_PORT: of PUMPIQ_\* there are PUMPIQ_CORS_ORIGINS, PUMPIQ_HOME/],
  ])('refuses %s=%j, names it and says what is allowed', (name, value, sentence) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'invalid', message: expect.stringMatching(sentence) }),
    )
    expect(() => readConfig({ [name]: value })).not.toThrow(/hunter2/)
  })

  it('takes whole numbers from 0 to 65535 for a port and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65_535 }), (port) => readConfig({ PORT: String(port) }).port === port),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer({ min: 65_536 }),
          fc.integer({ max: -1 }),
          fc.double().filter((n) => !Number.isInteger(n)),
        ),
        (port) => {
          expect(() => readConfig({ PORT: String(port) })).toThrow(/PORT/)
        },
      ),
    )
  })

  it('takes which sources are on and off by name and sign, and refuses what is neither', () => {
    expect(readConfig({ PUMPIQ_SOURCES: '+google-news, -gdelt' }).sources).toEqual({
      'google-news': true,
      gdelt: false,
    })
    for (const wrong of ['gdelt', '+', '+gdelt,', '-GDELT', '+a;b'])
      expect(() => readConfig({ PUMPIQ_SOURCES: wrong })).toThrow(/PUMPIQ_SOURCES .* allowed is sources with a sign/)
  })
})
