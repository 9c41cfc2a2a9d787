import { discord } from './discord.ts'
import { discordVendor, http, nobodyThere, openVendor, page } from './fake-vendors.ts'
import { ending, testChannel } from './test-channel.ts'

const { gone, refused, maybe, sent, later } = ending

const hook = '/api/webhooks/123456789012345678/secretSecretSecret-secret_Secret'
testChannel(discord, {
  target: { url: `https://discord.com${hook}` },
  secrets: ['secretSecret', 'SECRET WORDS'],
  bad: [
    { url: `https://evil.example${hook}` },
    { url: `http://discord.com${hook}` },
    { url: `https://discord.com@evil.example${hook}` },
    { url: `https://discord.com${hook}/../x` },
    { url: `https://discord.com${hook}\n` },
    { url: 'https://discord.com/' },
  ],
  open: () => openVendor(discordVendor(hook)),
  nobody: nobodyThere(),
  answers: [
    ['a webhook that is gone', [http(404, {}, '{"message":"Unknown Webhook","code":10015}')], gone],
    ['a token that is not valid', [http(401, {}, '{"message":"Invalid Webhook Token","code":50027}')], gone],
    ['that it may not write', [http(403, {}, '{"message":"Missing Permissions","code":50013}')], gone],
    [
      'an invalid form',
      [http(400, {}, '{"message":"Invalid Form Body SECRET WORDS","code":50035,"errors":{}}')],
      refused,
    ],
    [
      'too many, in parts of a second',
      [http(429, { 'retry-after': '65' }, '{"message":"limited","retry_after":0.457,"global":false}')],
      later(457),
    ],
    ['too many, as a page of Cloudflare with a time', [http(429, { 'retry-after': '90' }, page)], later(90_000)],
    ['too many, as a page of Cloudflare', [http(429, {}, page)], later(60_000)],
    ['its own trouble', [http(500, {}, page)], later()],
    ['a gateway that heard nothing', [http(504, {}, page)], maybe],
    ['Cloudflare that heard nothing', [http(524, {}, page)], maybe],
    ['a redirect', [http(301, { location: 'https://127.0.0.1/' })], refused],
    ['204: taken', [http(204)], sent],
  ],
})
