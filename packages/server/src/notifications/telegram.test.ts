import { expect } from 'vitest'
import { telegram } from './telegram.ts'
import { http, nobodyThere, openVendor, page, telegramError, telegramVendor } from './fake-vendors.ts'
import { ending, testChannel } from './test-channel.ts'

const { gone, refused, maybe, sent, later } = ending

const token = '123456789:AAsecretSecretSecretSecretSecret_x-1'
const said = (code: number, text: string, more?: object) => [telegramError(code, text, more)]
testChannel(telegram, {
  target: { token, chatId: '-1001234567890' },
  secrets: [token.split(':')[1]!, 'SECRET WORDS'],
  bad: [
    { token: 'x', chatId: '1' },
    { token, chatId: 'https://x' },
    { token: `${token}/../x`, chatId: '1' },
    { token, chatId: '1', url: 'x' },
  ],
  open: () => openVendor(telegramVendor(token, '-1001234567890')),
  nobody: nobodyThere(),
  answers: [
    [
      "markup that it can't parse: once more without",
      said(400, "Bad Request: can't parse entities: Character '.' is reserved"),
      sent,
      1,
    ],
    ['a chat that is not found', said(400, 'Bad Request: chat not found'), gone],
    ['a text that is too long', said(400, 'Bad Request: message is too long SECRET WORDS'), refused],
    [
      'a group that became a supergroup, and tells its new id',
      said(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -100777 }),
      { ended: 'gone', why: expect.stringContaining('-100777') },
    ],
    ['a token that is wrong', said(401, 'Unauthorized'), gone],
    ['that the bot was blocked', said(403, 'Forbidden: bot was blocked by the user'), gone],
    ['that the bot was kicked', said(403, 'Forbidden: bot was kicked from the group chat'), gone],
    ['too many', said(429, 'Too Many Requests: retry after 35', { retry_after: 35 }), later(35_000)],
    ['too many without a time', said(429, 'Too Many Requests'), later()],
    ['its own trouble', said(500, 'Internal Server Error'), later()],
    ['a gateway that heard nothing', [http(502, {}, page)], maybe],
    ['a redirect', [http(302, { location: 'https://127.0.0.1/' })], refused],
  ],
})
