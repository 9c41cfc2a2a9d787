import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createMail } from '../network/mail.ts'
import { createSecret } from '../platform/secret.ts'
import { unescaped } from './fake-vendors.ts'
import { testNow, type Counterpart, type Taken } from './test-channel.ts'

/** What the server says instead of its yes, at a place of the conversation. */
export type SmtpTurn = { readonly at: 'greeting' | 'auth' | 'from' | 'to' | 'data' | 'body'; readonly line: string }

const yes: Readonly<Record<SmtpTurn['at'], string>> = {
  greeting: '220 mail.test ESMTP',
  auth: '235 2.7.0 welcome',
  from: '250 2.1.0 ok',
  to: '250 2.1.5 ok',
  data: '354 go on',
  body: '250 2.0.0 taken',
}
const places: readonly (readonly [RegExp, SmtpTurn['at']])[] = [
  [/^AUTH /i, 'auth'],
  [/^MAIL FROM:/i, 'from'],
  [/^RCPT TO:<[^<>\s]+>$/i, 'to'],
  [/^DATA$/i, 'data'],
]
const user = 'pumpiq@sender.example'
const password = 'p@ss/word'

/** A mail server of RFC 5321 with AUTH PLAIN, on 127.0.0.1. */
export async function openSmtp(withinMs = 800): Promise<Counterpart<SmtpTurn> & { address: string; lines: string[] }> {
  const taken: Taken[] = []
  const turns: (SmtpTurn | 'silent' | 'cut')[] = []
  const lines: string[] = []
  let asked = 0
  const server = createServer((socket) => {
    asked += 1
    converse(socket, { turn: turns.shift(), lines, take: (raw) => taken.push(read(raw)) })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = `smtp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    outlet: { post: noPost, mail: createMail({ smtpUrl: createSecret(address), withinMs }), now: () => testNow },
    taken,
    address,
    lines,
    asked: () => asked,
    next: (...given) => void turns.push(...given),
    close: () => new Promise((done) => void server.close(() => done())),
  }
}

export const noPost = () => Promise.reject(new Error('e-mail does not post'))

type Talk = { turn: SmtpTurn | 'silent' | 'cut' | undefined; lines: string[]; take(raw: string): void }

function converse(socket: Socket, { turn, lines, take }: Talk): void {
  let text = ''
  let writing = false
  const say = (at: SmtpTurn['at']) =>
    socket.write(`${typeof turn === 'object' && turn.at === at ? turn.line : yes[at]}\r\n`)
  function hear(line: string): void {
    lines.push(line)
    if (/^EHLO /i.test(line)) return void socket.write('250-mail.test\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n')
    if (/^QUIT$/i.test(line)) return void socket.end('221 bye\r\n')
    const at = places.find(([pattern]) => pattern.test(line))?.[1]
    const right = Buffer.from(`\0${user}\0${password}`).toString('base64')
    if (!at || (at === 'auth' && line !== `AUTH PLAIN ${right}`)) return void socket.write('501 5.5.4 no\r\n')
    say(at)
    writing = at === 'data' && !(typeof turn === 'object' && turn.at === 'data')
  }
  function end(raw: string): void {
    writing = false
    if (turn === 'silent') return
    if (turn === 'cut') return void socket.destroy()
    if (!(typeof turn === 'object' && turn.at === 'body')) take(raw)
    say('body')
  }
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    for (;;) {
      const mark = writing ? '\r\n.\r\n' : '\r\n'
      const at = text.indexOf(mark)
      if (at < 0) return
      const part = text.slice(0, at)
      text = text.slice(at + mark.length)
      if (writing) end(part.replaceAll('\r\n..', '\r\n.'))
      else hear(part)
    }
  })
  say('greeting')
}

/** The mail as a program shows it: the subject, the words, and the words of its HTML without the tags that we write. */
function read(raw: string): Taken {
  const [head = '', ...parts] = split(raw)
  const subject = decodedWords(/^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(head)?.[1] ?? '')
  const [text = '', html = ''] = parts
  const words = unescaped(html.replaceAll(/<!doctype html>|<\/?(html|body|p|b)>|<br>|<a href="[^"<>]*">|<\/a>/g, '\n'))
  // What is left of tags was not escaped.
  const tags = html.replaceAll(
    /<!doctype html>|<\/?(html|body|p|b)>|<br>|<a href="https:\/\/pumpiq\.example\/[^"<>]*">|<\/a>/g,
    '',
  )
  if (/[<>]/.test(tags)) throw new Error(`an e-mail with markup of others: ${tags}`)
  if (/^(bcc|cc):/im.test(head)) throw new Error('an e-mail with a header of others')
  const seen = [subject, text, words].join('\n').replaceAll('\r\n', '\n')
  return { seen, raw, key: /^Message-ID: (.*)$/im.exec(head)?.[1]?.trim() ?? null }
}

/** Head and decoded parts of a multipart/alternative (RFC 2046). */
function split(raw: string): string[] {
  const at = raw.indexOf('\r\n\r\n')
  const head = raw.slice(0, at)
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1] ?? ''
  const parts = raw.slice(at).split(`--${boundary}`).slice(1, -1)
  return [head, ...parts.map(decodedPart)]
}

function decodedPart(part: string): string {
  const at = part.indexOf('\r\n\r\n')
  const body = part.slice(at + 4).replace(/\r\n$/, '')
  const encoding = /^Content-Transfer-Encoding: (\S+)/im.exec(part.slice(0, at))?.[1]?.toLowerCase()
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  if (encoding === 'quoted-printable') return fromQuoted(body.replaceAll('=\r\n', ''))
  return Buffer.from(body, 'latin1').toString('utf8')
}

const fromQuoted = (text: string): string =>
  Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

/** RFC 2047. */
const decodedWords = (text: string): string =>
  text
    .replaceAll(/\r\n[ \t]/g, ' ')
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, way: string, word: string) =>
      way.toUpperCase() === 'B' ? Buffer.from(word, 'base64').toString('utf8') : fromQuoted(word.replaceAll('_', ' ')),
    )
