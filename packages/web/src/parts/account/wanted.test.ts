import { expect, it } from 'vitest'
import { tokenIn, wantedPath } from './wanted.ts'

const origin = 'https://pumpiq.example'

it.each([
  ['?to=/settings/keys', '/settings/keys'],
  ['?to=%2Fconfirm-email%3Ftoken%3Da%26b%3D1%23x', '/confirm-email?token=a&b=1#x'],
  ['', null],
  ['?to=', null],
  ['?to=settings', null],
  ['?to=https://evil.example/settings', null],
  ['?to=//evil.example', null],
  ['?to=/\\evil.example', null],
  ['?to=/%09/evil.example', null],
  ['?to=/.//evil.example', null],
  ['?to=javascript:alert(1)', null],
  ['?to=/sign-in?to=/a', null],
])('%s leads to %s', (search, path) => expect(wantedPath(search, origin)).toBe(path))

it('a token is taken as it stands in the link, without what was copied around it', () => {
  expect([tokenIn('?token=%20abc-_1%20'), tokenIn('?to=/'), tokenIn('')]).toEqual(['abc-_1', '', ''])
})
