import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSavedDb } from '../db/saved-db.ts'
import type { Db } from '../db/db.ts'
import { startModelServer, says, type ModelServer } from '../testing/model-server.ts'
import { good, openModel, question } from './test-model.ts'

let db: Db
let server: ModelServer
const opened: ReturnType<typeof openModel>[] = []
beforeAll(async () => {
  ;[db, server] = await Promise.all([createSavedDb(), startModelServer()])
}, 120_000)
afterAll(async () => {
  for (const one of opened) await one.close()
  await server.close()
  await db.destroy()
})
beforeEach(() => {
  server.forget()
  server.answer(says.json(good))
})

function modelOf(model = 'gpt-4o') {
  const made = openModel({ db, upstream: server.upstream, settings: { model, usdPerDay: 1_000 } })
  opened.push(made)
  return made.model
}

describe('how a user wants to be answered', () => {
  it('is asked for, and is another question than the usual one', async () => {
    const model = modelOf()
    const prompt = 'The same evidence.'
    const usual = await model.ask(question({ prompt }))
    const own = await model.ask(question({ prompt, sampling: { temperature: 0.9, topP: 0.5 } }))
    expect(own.promptHash).not.toBe(usual.promptHash)
    expect(server.calls.map(({ body }) => [body['temperature'], body['top_p']])).toEqual([
      [0.2, undefined],
      [0.9, 0.5],
    ])
    const same = await model.ask(question({ prompt, sampling: { temperature: 0.2, topP: null } }))
    expect(same).toMatchObject({ promptHash: usual.promptHash, fromJournal: true })
  })

  it('is not asked of a family that takes no temperature', async () => {
    await modelOf('gpt-6-luna').ask(question({ sampling: { temperature: 0.9, topP: 0.5 } }))
    expect(Object.keys(server.calls[0]!.body)).not.toEqual(expect.arrayContaining(['temperature']))
    expect(Object.keys(server.calls[0]!.body)).not.toEqual(expect.arrayContaining(['top_p']))
  })

  it('is left out where the server refuses it, and remembered', async () => {
    server.answer(({ body }) => ('top_p' in body ? says.unsupported('top_p') : says.json(good)))
    const model = modelOf()
    const sampling = { temperature: 0.9, topP: 0.5 }
    expect(await model.ask(question({ sampling }))).toMatchObject({ ending: 'answered' })
    expect(server.calls).toHaveLength(2)
    await model.ask(question({ sampling }))
    expect(server.calls).toHaveLength(3)
    expect(server.calls[2]!.body).toMatchObject({ temperature: 0.9 })
  })
})
