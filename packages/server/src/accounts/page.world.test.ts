import { createClient, type Answered } from '@pumpiq/api'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createCsrf } from '../http/csrf.ts'
import { injectFetch } from '../http/inject-fetch.ts'
import { createSecret } from '../platform/secret.ts'
import { createWorld, type World } from '../testing/world.ts'

const origin = 'http://localhost'
const password = 'nine violet otters sing'
let world: World
let people = 0

beforeAll(async () => {
  const csrf = createCsrf({ secret: createSecret('the secret of the world, which is no secret') })
  world = await createWorld({ accounts: { localMode: false, registration: 'open' }, outside: { csrf } })
})
afterAll(() => world.close())

/** What a browser keeps and says by itself: cookies, and whose page asks. */
function openBrowser() {
  const cookies = new Map<string, string>()
  const send = injectFetch(world.app.http)
  return async (request: Request): Promise<Response> => {
    request.headers.set('host', new URL(origin).host)
    if (cookies.size > 0) request.headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '))
    if (request.method !== 'GET') request.headers.set('origin', origin)
    const answer = await send(request)
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (/max-age=0/i.test(set)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
}

/** A page that a browser has open: the client as pages have it, and what it asked. */
function openPage(browser: ReturnType<typeof openBrowser>) {
  const asked: string[] = []
  const onAnswer = ({ method, path, status }: Answered) => void asked.push(`${method} ${path} ${status}`)
  return { asked, client: createClient({ baseUrl: origin, fetch: browser, retries: 0, onAnswer }) }
}

let email = ''
beforeEach(async () => {
  email = `page${++people}@example.com`
  await openPage(openBrowser()).client.accounts.register({ body: { email, password } })
})
const signIn = ({ client }: ReturnType<typeof openPage>) => client.accounts.login({ body: { email, password } })
const rename = ({ client }: ReturnType<typeof openPage>, name: string) =>
  client.accounts.changeProfile({ body: { name } })
const renamed = 'PATCH /user/profile 200'

it('a page that asks at its start who is there says the token of the session with each change, and asks no more', async () => {
  const browser = openBrowser()
  await signIn(openPage(browser))
  const page = openPage(browser)
  expect(await page.client.accounts.session()).toMatchObject({ via: 'session', user: { email } })
  expect(await rename(page, 'One')).toMatchObject({ name: 'One' })
  expect(await rename(page, 'Two')).toMatchObject({ name: 'Two' })
  expect(page.asked).toEqual(['GET /auth/session 200', renamed, renamed])
})

it('a page that never asked is refused once, asks for the token, and does what it was told', async () => {
  const browser = openBrowser()
  await signIn(openPage(browser))
  const page = openPage(browser)
  expect(await rename(page, 'One')).toMatchObject({ name: 'One' })
  await rename(page, 'Two')
  expect(page.asked).toEqual(['GET /auth/session 200', 'PATCH /user/profile 403', renamed, renamed])
})

it('a page where somebody signs in has the token before his first change is refused', async () => {
  const page = openPage(openBrowser())
  expect(await page.client.accounts.session()).toMatchObject({ user: null, csrfToken: null })
  await signIn(page)
  await Promise.all([rename(page, 'One'), rename(page, 'Two')])
  expect(page.asked).toEqual([
    'GET /auth/session 200',
    'POST /auth/login 200',
    'GET /auth/session 200',
    renamed,
    renamed,
  ])
})

it('a page goes on in the session that another window has begun', async () => {
  const browser = openBrowser()
  const page = openPage(browser)
  await signIn(page)
  await rename(page, 'One')
  await signIn(openPage(browser))
  page.asked.length = 0
  await Promise.all([rename(page, 'Two'), rename(page, 'Three')])
  expect(page.asked.filter((line) => line === renamed)).toHaveLength(2)
  expect(page.asked.filter((line) => line.startsWith('GET'))).toHaveLength(1)
})

it('what is refused for another reason is not asked for again', async () => {
  const page = openPage(openBrowser())
  await signIn(page)
  await page.client.accounts.session()
  page.asked.length = 0
  const body = { name: 'a program' }
  await expect(page.client.accounts.createService({ body })).rejects.toMatchObject({ code: 'forbidden' })
  expect(page.asked.filter((line) => line.startsWith('POST'))).toEqual(['POST /admin/users 403'])
})

it('an answer of a page of others is not mended: it has no token to learn', async () => {
  const browser = openBrowser()
  await signIn(openPage(browser))
  const foreign = openPage((request) =>
    browser(request).then((answer) => (request.method === 'GET' ? Promise.reject(new TypeError('CORS')) : answer)),
  )
  await expect(rename(foreign, 'Theirs')).rejects.toMatchObject({ code: 'forbidden' })
})
