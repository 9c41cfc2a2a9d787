import { expect, it } from 'vitest'
import { channels } from './index.ts'
import { fieldsOf } from './routes.ts'

it('what every kind of channel asks for can be shown as a form, with secrets marked, or is said not to fit into one', () => {
  const shown = Object.fromEntries(
    channels.map((channel) => [
      channel.id,
      fieldsOf(channel)?.map(({ name, secret, many }) => `${name}${secret ? ' secret' : ''}${many ? ' many' : ''}`) ??
        null,
    ]),
  )
  expect(shown).toEqual({
    email: ['address'],
    telegram: ['token secret', 'chatId'],
    discord: ['url secret'],
    slack: ['url secret'],
    'web-push': null,
    webhook: ['url secret', 'secrets secret many'],
  })
})
