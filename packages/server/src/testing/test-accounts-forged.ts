import { generateKeyPairSync } from 'node:crypto'
import { resolveSigningKey } from 'better-auth/plugins/jwt'
import { CompactSign, exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import { expect, it } from 'vitest'
import { createAuth, signing } from '../accounts/auth.ts'
import { scrypt } from '../accounts/passwords.ts'
import { systemIds } from '../platform/ids.ts'
import { silentLog } from '../platform/log.ts'
import { accountSecret, signUp, type AccountServer } from './account-server.ts'

type Claims = Record<string, unknown>
type Forger = { token: string; claims: Claims; kid: string; own: CryptoKey; x: string; stranger: string }

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
const part = (value: unknown) => bytes(value).toString('base64url')

/** Signed by our own key, with whatever it says. */
const sign = ({ own, kid }: Forger, payload: unknown, header: Claims = {}): Promise<string> =>
  new CompactSign(bytes(payload)).setProtectedHeader({ typ: 'at+jwt', alg: 'EdDSA', kid, ...header }).sign(own)

const without = (claims: Claims, name: string): Claims =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name))

/** Good but for one thing that it says. */
function saying(forger: Forger): [string, Promise<string>][] {
  const { claims, stranger } = forger
  const now = Number(claims['iat'])
  const changed: [string, Claims][] = [
    ['ended', { ...claims, iat: now - 7_200, nbf: now - 7_200, exp: now - 3_600 }],
    ['ended this second', { ...claims, iat: now - 60, nbf: now - 60, exp: now - 1 }],
    ['begins later', { ...claims, nbf: now + 600 }],
    ['made later', { ...claims, iat: now + 600 }],
    ['made long ago for long', { ...claims, iat: now - 86_400, exp: now + 86_400 }],
    ['another issuer', { ...claims, iss: 'https://elsewhere.example' }],
    ['another audience', { ...claims, aud: 'https://elsewhere.example' }],
    ['several audiences', { ...claims, aud: [claims['aud'], 'https://elsewhere.example'] }],
    ['another’s subject', { ...claims, sub: stranger }],
    ['the machine’s subject', { ...claims, sub: 'local' }],
    ['a session that never was', { ...claims, sid: systemIds.next() }],
    ['a session that is a pattern', { ...claims, sid: '%' }],
    ['an end in words', { ...claims, exp: String(claims['exp']) }],
    ['an end that is no whole number', { ...claims, exp: Number(claims['exp']) + 0.5 }],
    ['one claim more', { ...claims, admin: true }],
    ...['iss', 'aud', 'sub', 'sid', 'jti', 'iat', 'nbf', 'exp'].map((name): [string, Claims] => [
      `no ${name}`,
      without(claims, name),
    ]),
  ]
  const twice = JSON.stringify(claims).replace('{', `{"sub":"${stranger}",`)
  return [
    ...changed.map(([name, said]): [string, Promise<string>] => [name, sign(forger, said)]),
    ['a claim said twice', sign(forger, twice)],
    ['spaces between claims', sign(forger, JSON.stringify(claims, null, 1))],
    ['an array of claims', sign(forger, [claims])],
  ]
}

/** Good but for its header or its key. */
async function signedOtherwise(forger: Forger): Promise<[string, Promise<string>][]> {
  const { claims, kid, x } = forger
  const other = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const curve = await generateKeyPair('ES256')
  const jwk = await exportJWK(other.publicKey)
  const by = (key: Parameters<SignJWT['sign']>[0], header: Claims) =>
    new SignJWT(claims).setProtectedHeader({ typ: 'at+jwt', alg: 'EdDSA', kid, ...header }).sign(key)
  const plain = (header: Claims) => Promise.resolve(`${part({ typ: 'at+jwt', kid, ...header })}.${part(claims)}.`)
  return [
    ['no algorithm', plain({ alg: 'none' })],
    ['no algorithm, spelled otherwise', plain({ alg: 'None' })],
    ['a hash under the public key', by(bytes(x), { alg: 'HS256' })],
    ['a hash under the public key as bytes', by(Buffer.from(x, 'base64url'), { alg: 'HS512' })],
    ['another key under our name', by(other.privateKey, {})],
    ['another key in the header', by(other.privateKey, { jwk })],
    ['another key in the header under its own name', by(other.privateKey, { jwk, kid: 'theirs' })],
    ['keys at an address', by(other.privateKey, { jku: 'https://elsewhere.example/jwks' })],
    ['a certificate at an address', by(other.privateKey, { x5u: 'https://elsewhere.example/cert' })],
    ['a key named by a path', by(other.privateKey, { kid: '../../../../dev/null' })],
    ['a key named by a query', by(other.privateKey, { kid: `x' union select '${x}' --` })],
    ['RSA', by(rsa, { alg: 'RS256' })],
    ['another curve', by(curve.privateKey, { alg: 'ES256' })],
    ['our key, of another type', sign(forger, claims, { typ: 'JWT' })],
    ['our key, of no type', sign(forger, claims, { typ: undefined })],
    ['our key, and one beside it', sign(forger, claims, { jwk })],
    ['our key, and one at an address', sign(forger, claims, { jku: 'https://elsewhere.example/jwks' })],
  ]
}

/** A good one, handled. */
function handled({ token, claims }: Forger, another: string): [string, Promise<string>][] {
  const [head = '', body = '', signature = ''] = token.split('.')
  const last = signature.at(-1)!
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const neighbour = letters[letters.indexOf(last) ^ 1]!
  const forged: [string, string][] = [
    ['other claims over the signature', `${head}.${part({ ...claims, role: 'admin' })}.${signature}`],
    ['the signature of another', `${head}.${body}.${another.split('.')[2]}`],
    ['a signature cut short', `${head}.${body}.${signature.slice(0, -2)}`],
    ['no signature', `${head}.${body}.`],
    ['two parts', `${head}.${body}`],
    ['four parts', `${token}.${signature}`],
    ['a last letter that means the same', `${head}.${body}.${signature.slice(0, -1)}${neighbour}`],
    ['padding', `${token}==`],
    ['small letters', token.toLowerCase()],
    ['capital letters', token.toUpperCase()],
    ['a header of spaces', `${part(`${Buffer.from(head, 'base64url').toString()} `)}.${body}.${signature}`],
  ]
  return forged.map(([name, text]) => [name, Promise.resolve(text)])
}

export function testForgedTokens(server: () => AccountServer): void {
  it('take none of more than forty forged tokens, and none whose session or key is gone', async ({ annotate }) => {
    const [ann, ben] = [await signUp(server()), await signUp(server())]
    const { db } = server()
    const auth = await createAuth({
      db,
      secret: accountSecret,
      publicUrl: null,
      ids: systemIds,
      log: silentLog,
      hashing: scrypt,
      mails: null,
    })
    const key = await resolveSigningKey({ context: await auth.$context } as never, signing)
    const [jwk] = (await server().as().accounts.jwks()).keys
    const claims = JSON.parse(Buffer.from(ann.token.split('.')[1]!, 'base64url').toString()) as Claims
    const forger: Forger = {
      token: ann.token,
      claims,
      kid: key!.kid,
      own: key!.privateKey as CryptoKey,
      x: jwk!.x,
      stranger: ben.user.id,
    }
    const status = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` }
      return (await server().http.inject({ method: 'GET', url: '/api/v1/user/profile', headers })).statusCode
    }
    expect(await status(await sign(forger, claims))).toBe(200)
    const forged = [...saying(forger), ...(await signedOtherwise(forger)), ...handled(forger, ben.token)]
    const taken: string[] = []
    for (const [name, token] of forged) if ((await status(await token)) !== 401) taken.push(name)
    expect(taken).toEqual([])
    await annotate(`${forged.length} forged tokens, ${taken.length} taken`)
    expect(forged.length).toBeGreaterThan(50)

    await db
      .updateTable('authSession')
      .set({ expiresAt: new Date(0).toISOString() })
      .where('userId', '=', ben.user.id)
      .execute()
    expect(await status(ben.token)).toBe(401)
    expect(await status(ann.token)).toBe(200)
    await ann.client.logout()
    expect(await status(ann.token)).toBe(401)
  })
}
