import { slack } from './slack.ts'
import { http, nobodyThere, openVendor, page, slackVendor } from './fake-vendors.ts'
import { ending, testChannel } from './test-channel.ts'

const { gone, refused, maybe, later } = ending

const services = '/services/T0123ABCD/B0123ABCD/secretSecretSecret'
testChannel(slack, {
  target: { url: `https://hooks.slack.com${services}` },
  secrets: ['secretSecretSecret', 'SECRET WORDS'],
  bad: [
    { url: `https://hooks.slack.com.evil.example${services}` },
    { url: `http://hooks.slack.com${services}` },
    { url: 'https://hooks.slack.com/' },
  ],
  open: () => openVendor(slackVendor(services)),
  nobody: nobodyThere(),
  answers: [
    ...['invalid_payload', 'user_not_found', 'no_text', 'invalid_blocks', 'too_many_attachments'].map(
      (word) => [word, [http(400, {}, word)], refused] as const,
    ),
    ...['action_prohibited', 'invalid_token', 'posting_to_general_channel_denied'].map(
      (word) => [word, [http(403, {}, word)], gone] as const,
    ),
    ...['channel_not_found', 'no_service', 'no_team'].map((word) => [word, [http(404, {}, word)], gone] as const),
    ['channel_is_archived', [http(410, {}, 'channel_is_archived')], gone],
    ['rollup_error', [http(500, {}, 'rollup_error')], later()],
    ['too many', [http(429, { 'retry-after': '3' })], later(3_000)],
    ['200 of somebody else', [http(200, {}, page)], maybe],
    ['a redirect', [http(307, { location: 'https://127.0.0.1/' })], refused],
  ],
})
