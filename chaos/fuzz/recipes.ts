import { codeOf } from '../../packages/server/src/testing/every-operation.ts'
import { one, type Cook, type Kitchen, type Recipe } from './kitchen.ts'
import type { Person } from './people.ts'
import { marketRecipes } from './recipes-market.ts'
import { oneOf } from './values.ts'

/** As the person who is signed in. */
const own =
  (make: (person: Person, kitchen: Kitchen) => Recipe | null | Promise<Recipe | null>): Cook =>
  async (kitchen) => {
    const { people } = kitchen
    if (!people.begin()) return null
    const person = await people.person()
    const made = await make(person, kitchen)
    if (!made) people.end()
    return made && { headers: people.headers(person.session), over: people.end, ...made }
  }

/** As one who will ask nothing more, and asked nothing else. */
const last =
  (make: (person: Person) => Recipe): Cook =>
  async ({ people }) => {
    const person = await people.visitor()
    return { headers: people.headers(person.session), ...make(person) }
  }

/** As somebody who has not signed in, with a token that came by mail. */
const mailed =
  (subject: string, make: (token: string, kitchen: Kitchen) => Recipe): Cook =>
  (kitchen) => {
    const found = kitchen.people.take(subject)
    return found && { headers: kitchen.people.headers(), ...make(found.token, kitchen) }
  }

const another = ({ random, people }: Kitchen): string => oneOf(random, people.passwords)

const signingIn: Readonly<Record<string, Cook>> = {
  'accounts.register': ({ people }) => ({ headers: people.headers(), body: people.stranger() }),
  'accounts.verifyEmail': mailed('Verify your address', (token) => ({ body: { token } })),
  'accounts.login': async ({ people }) => {
    const { email, password, uri } = await people.person()
    return { headers: people.headers(), body: { email, password, ...(uri && { code: await codeOf(uri) }) } }
  },
  'accounts.forgotPassword': async ({ people }) => ({
    headers: people.headers(),
    body: { email: (await people.person()).email },
  }),
  'accounts.resendVerification': ({ people }) => ({
    headers: people.headers(),
    body: { email: people.stranger().email },
  }),
  'accounts.resetPassword': mailed('A new password', (token, kitchen) => ({
    body: { token, password: another(kitchen) },
    done: kitchen.people.left,
  })),
  'accounts.refresh': own(() => ({})),
  'accounts.logout': last(() => ({})),
  'accounts.deleteAccount': last(({ password }) => ({ body: { password } })),
}

const ownAccount: Readonly<Record<string, Cook>> = {
  'accounts.changePassword': own((person, kitchen) => {
    const newPassword = another(kitchen)
    return {
      body: { password: person.password, newPassword },
      done: () => void (person.password = newPassword),
    }
  }),
  'accounts.changeEmail': own((person, { people }) => {
    const { email } = people.stranger()
    return { body: { email, password: person.password }, done: () => void (person.next = email) }
  }),
  'accounts.confirmEmail': own(({ next }, { people }) => {
    const found = next === null ? null : people.take('Confirm your new address', next)
    return found && { body: { token: found.token }, done: people.left }
  }),
  'accounts.enableTwoFactor': own((person) => ({
    body: { password: person.password },
    done: ({ uri }) => void (person.uri = String(uri)),
  })),
  'accounts.confirmTwoFactor': own(async (person) =>
    person.uri === null
      ? null
      : {
          body: { code: await codeOf(person.uri) },
          done: ({ sessionToken }) => void (person.session = String(sessionToken)),
        },
  ),
  'accounts.disableTwoFactor': own((person, { people }) =>
    person.uri === null ? null : { body: { password: person.password }, done: people.left },
  ),
  'accounts.sessions': own((person) => ({
    done({ items }) {
      const others = (items as { id: string; current: boolean }[]).filter(({ current }) => !current)
      person.sessions = others.map(({ id }) => id)
    },
  })),
  'accounts.endOtherSessions': own(() => ({})),
  'accounts.endSession': own((person) => {
    const [id, ...rest] = person.sessions
    return id === undefined ? null : { path: { id }, done: () => void (person.sessions = rest) }
  }),
}

const pairs: [id: string, key: string][] = []

const ofOthers: Readonly<Record<string, Cook>> = {
  'accounts.createServiceKey': (kitchen) => {
    const id = one(kitchen, '/admin/users id')
    if (id === null) return null
    const body = { name: 'fuzz', scopes: ['read'] }
    return { path: { id }, body, done: (made) => void pairs.push([id, String(made['id'])]) }
  },
  'accounts.removeServiceKey': () => {
    const [id, key] = pairs.shift() ?? []
    return id === undefined || key === undefined ? null : { path: { id, key } }
  },
  'analysis.compare': ({ seen, random }) => {
    const tokens = seen.get('/tokens id') ?? []
    const chosen = new Set(Array.from({ length: 2 + Math.floor(random() * 3) }, () => oneOf(random, tokens)))
    return tokens.length < 4 || chosen.size < 2 ? null : { query: { tokens: [...chosen].join(',') } }
  },
  'portfolio.import': () => ({
    body: { csv: 'at,token,kind,quantity,price_usd\n2026-01-03,SOL,receive,10,\n2026-01-04,BTC,buy,0.1,60000\n' },
  }),
  'portfolio.change': (kitchen) => {
    const id = one(kitchen, '/user/portfolio/transactions id')
    return id === null ? null : { path: { id }, body: { note: 'seen again' } }
  },
  'notifications.addChannel': ({ random }) => ({
    body: {
      kind: 'webhook',
      name: 'the harness',
      target: {
        url: `https://${hookHost}/pumpiq/${Math.floor(random() * 1e6)}`,
        secrets: [`whsec_${btoa('a secret of 24 bytes....')}`],
      },
    },
  }),
  'hooks.create': () => ({
    body: { name: 'breakouts' },
    done: ({ id, secret }) => void hooks.push([String(id), String(secret)]),
  }),
  'hooks.alert': ({ random }) => {
    const [id, secret] = hooks.at(-1) ?? []
    if (id === undefined) return null
    const body = { secret, ticker: 'COINBASE:ETHUSD', side: oneOf(random, ['buy', 'sell']), interval: '60' }
    return { path: { id }, body }
  },
}

const hooks: [id: string, secret: string][] = []

/** Where the channels of the harness lead. */
export const hookHost = 'hooks.example.com'

/** What the document alone does not tell how to ask well. */
export const recipes: Readonly<Record<string, Cook>> = { ...signingIn, ...ownAccount, ...ofOthers, ...marketRecipes }
