import { createClient, createSession } from '@pumpiq/api'

const baseUrl = 'http://127.0.0.1:3000'

// Whoever sits at the server's machine is its user without signing in, and makes a key for a program elsewhere.
const here = createClient({ baseUrl })
const { key, id, scopes } = await here.accounts.createApiKey({ body: { name: 'robot', scopes: ['read', 'recommend'] } })
console.log('a key for', scopes.join(' and '), 'that begins with', key.slice(0, 3))

const robot = createClient({ baseUrl, apiKey: key })
console.log('asked with a', (await robot.accounts.session()).via)
await here.accounts.removeApiKey({ params: { id } })

// A person signs in; the session renews the token of an hour for all calls together.
const session = createSession({
  async login() {
    const answer = await here.accounts.login({ body: { email: 'ann@example.com', password: 'a long password' } })
    if (answer.state !== 'signedIn') throw new Error(answer.sentence)
    return answer.token
  },
})
const ann = createClient({ baseUrl, token: session.token })
await ann.accounts.profile().catch((failure: Error) => console.log('Ann has no account here:', failure.message))
