import { one, type Cook, type Kitchen, type Recipe } from './kitchen.ts'

/** Of tokens, advice, jobs and channels: what was seen is asked for. */
export const marketRecipes: Readonly<Record<string, Cook>> = {
  'recommendations.list': () => ({}),
  'recommendations.create': (kitchen) => {
    const token = one(kitchen, '/tokens id')
    return token === null ? null : { body: { token } }
  },
  'recommendations.batch': (kitchen) => {
    const token = one(kitchen, '/tokens id')
    return token === null ? null : { body: { tokens: [token] } }
  },
  'jobs.one': (kitchen) => ofJob(kitchen),
  'jobs.cancel': (kitchen) => ofJob(kitchen),
  'notifications.testChannel': (kitchen) => {
    const id = one(kitchen, '/user/notifications/channels id')
    return id === null ? null : { path: { id } }
  },
  'udf.history': (kitchen) => {
    const symbol = one(kitchen, '/tokens id')
    const to = Math.floor(Date.now() / 1_000)
    return symbol === null ? null : { query: { symbol, resolution: '60', from: `${to - 86_400}`, to: `${to}` } }
  },
}

function ofJob(kitchen: Kitchen): Recipe | null {
  const id = one(kitchen, '/recommendations/batch id') ?? one(kitchen, '/jobs id')
  return id === null ? null : { path: { id } }
}
