import { expect, it } from 'vitest'
import { createMail } from '../network/mail.ts'
import { createSecret } from '../platform/secret.ts'
import { email } from './email.ts'
import { noPost, openSmtp, type SmtpTurn } from './fake-smtp.ts'
import { channels } from './index.ts'
import { ending, sampleNotice, testNow, testChannel } from './test-channel.ts'

const { gone, refused, later } = ending

const at = (place: SmtpTurn['at'], line: string): SmtpTurn[] => [{ at: place, line }]
testChannel(email, {
  target: { address: 'reader@example.com' },
  secrets: ['p@ss/word', 'SECRET WORDS'],
  bad: [
    'reader',
    'a@b',
    'a@example.com, b@example.com',
    'A <a@example.com>',
    'a@example.com\r\nBcc: b@example.com',
    `${'a'.repeat(250)}@example.com`,
  ].map((address) => ({ address })),
  open: () => openSmtp(),
  nobody: {
    post: noPost,
    mail: createMail({ smtpUrl: createSecret('smtp://127.0.0.1:1?from=a@example.com') }),
    now: () => testNow,
  },
  answers: [
    ['a server that is not ready', at('greeting', '421 4.3.2 not now'), later()],
    ['a server that wants nothing from us', at('greeting', '554 5.7.1 SECRET WORDS'), later()],
    ['a password that is wrong', at('auth', '535 5.7.8 SECRET WORDS'), later()],
    ['a sender that is refused', at('from', '553 5.1.8 SECRET WORDS'), refused],
    ['a mailbox that is not there', at('to', '550 5.1.1 SECRET WORDS no such user'), gone],
    ['a mailbox that is refused', at('to', '550 5.7.1 SECRET WORDS'), refused],
    ['a mailbox that is full', at('to', '452 4.2.2 SECRET WORDS'), later()],
    ['greylisting', at('to', '450 4.7.1 SECRET WORDS'), later()],
    ['no data now', at('data', '451 4.3.0 SECRET WORDS'), later()],
    ['a message refused', at('body', '554 5.6.0 SECRET WORDS spam'), refused],
    ['a message not taken now', at('body', '451 4.3.0 SECRET WORDS'), later()],
  ],
})

it('says what is missing where the installation sends no e-mail', async () => {
  const outlet = { post: noPost, mail: null, now: () => testNow }
  const message = { notices: [sampleNotice()], key: 'k', outlet, abort: new AbortController().signal }
  expect(await email.send({ ...message, target: { address: 'a@example.com' } })).toMatchObject({
    ended: 'refused',
    why: expect.stringContaining('SMTP_URL'),
  })
})

it('the channels have names of their own', () => {
  expect(channels.map(({ id }) => id)).toEqual(['email', 'telegram', 'discord', 'slack', 'web-push', 'webhook'])
})
