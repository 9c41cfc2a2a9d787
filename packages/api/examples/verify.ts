import { createClient, verifyExport } from '@pumpiq/api'

const client = createClient({ baseUrl: 'http://127.0.0.1:3000' })

// Write the head down somewhere else: nothing before it can be changed or cut off unnoticed from then on.
const head = await client.ledger.head()
const verdict = await verifyExport(await client.ledger.export(), { known: [head] })

console.log(verdict.ok ? 'sound' : 'NOT SOUND', `${verdict.count} records, up to ${verdict.head?.hash}`)
if (verdict.note) console.log(verdict.note)
for (const { line, sentence } of verdict.faults) console.log(`line ${line}: ${sentence}`)
