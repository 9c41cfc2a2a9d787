import { expect, it } from 'vitest'
import { tellable } from './secret-fields.ts'

const at = (url: string) => ({ url: `/api/v1${url}` })

it('says a value back, but none that is or may be a secret', () => {
  expect(tellable('42', ['limit'], at('/tokens'))).toBe('42')
  expect(tellable('BTC', ['token'], at('/user/watchlist'))).toBe('BTC')
  const secrets: readonly [names: string[], url: string][] = [
    [['password'], '/auth/login'],
    [['newPassword'], '/user/password'],
    [['token'], '/auth/reset-password'],
    [['setupToken'], '/auth/register'],
    [['code'], '/user/two-factor/confirm'],
    [['secret'], '/hooks/tradingview/1'],
    [['target', 'url'], '/user/notifications/channels'],
    [['password', 'text'], '/auth/login'],
    [[], '/auth/login'],
  ]
  for (const [names, url] of secrets) expect(tellable('hunter2', names, at(url)), String(names)).toBeUndefined()
})

it('strikes secrets out of a whole body', () => {
  const body = { side: 'buy', secret: 'hunter2', password: 'hunter2' }
  expect(tellable(body, [], at('/hooks/tradingview/1'))).toEqual({ side: 'buy', secret: '***', password: '***' })
})
