import { createServer, type IncomingMessage } from 'node:http'
import { checkWebhook } from '@pumpiq/api/webhook'

const secrets = ['whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=']
const known = new Set<string>()

async function receive(request: IncomingMessage): Promise<number> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const checked = await checkWebhook({
    body: Buffer.concat(parts),
    header: (name) => request.headers[name]?.toString(),
    secrets,
    now: Date.now(),
    // A real receiver keeps them in its database, in one step with what it does.
    seen(id) {
      const isKnown = known.has(id)
      known.add(id)
      return isKnown
    },
  })
  if (checked.ok) console.log('genuine', checked.body)
  else console.log('refused:', checked.fault)
  return checked.ok || checked.fault === 'repeated' ? 204 : 401
}

const receiver = createServer((request, answer) => {
  void receive(request).then((status) => answer.writeHead(status).end())
})
receiver.listen(4000, '127.0.0.1', () => console.log('listening'))
