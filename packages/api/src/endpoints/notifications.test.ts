import { expect, it } from 'vitest'
import { notifications } from './notifications.ts'

it('a channel is named in text that a database keeps and a list shows on one line', () => {
  const taken = (name: string) =>
    notifications.addChannel.body.safeParse({ kind: 'webhook', name, target: {} }).success &&
    notifications.changeChannel.body.safeParse({ name }).success
  expect(['my hook', 'Ünï 🦊 <b>', ' a '].map(taken)).not.toContain(false)
  expect(['a\0b', 'a\nb', 'a\u001b[31m', 'a\u0085b', ' ', ''].map(taken)).not.toContain(true)
})
