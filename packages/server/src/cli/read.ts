import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { createNameIndex, Failure, readText, sentimentLabel } from '@pumpiq/domain'
import { z } from 'zod'
import { unreadable } from '../backtest/candle-files.ts'
import { flag, readArgs, required, text } from './args.ts'
import type { CliOutside, Command } from './command.ts'

const Line = z.object({ text: z.string(), title: z.string().optional() })
type Line = z.output<typeof Line>

/** So much is written at once: a million lines are never held. */
const chunk = 64 * 1_024

export const read: Command = {
  name: 'read',
  summary: 'read texts without a language model: sentiment, event and what is suspect',
  usage: `pumpiq read --file FILE [--json]

  --file FILE        JSON lines: { "text": "...", "title": "..." }; title may be left out, other fields are passed over
  --json             a line a text, in order: { "sentiment": -0.62, "label": -1, "event": "hack", "flags": [] }

sentiment is from -1, bad for the price, to 1; label is its sign, 0 from -0.2 to 0.2. flags are promo, scam, phishing, pump_call
and injection. Of each text the first 20,000 characters are read.`,
  async run(args, outside) {
    const { values } = readArgs(args, { file: required(text), json: flag() })
    const show = values.json ? jsonLine : tableLine
    let waiting = values.json ? '' : 'sentiment  event         flags             text\n'
    for await (const line of linesOf(values.file, outside)) {
      waiting += show(line)
      if (waiting.length < chunk) continue
      await outside.stdout(waiting)
      waiting = ''
    }
    if (waiting !== '') await outside.stdout(waiting)
    return 0
  },
}

const noNames = createNameIndex([])

function jsonLine(line: Line): string {
  const { sentiment, event, flags } = readText(line, noNames)
  return `${JSON.stringify({ sentiment, label: sentimentLabel(sentiment), event, flags })}\n`
}

function tableLine(line: Line): string {
  const { sentiment, event, flags, quote } = readText(line, noNames)
  return `${sentiment.toFixed(2).padStart(9)}  ${event.padEnd(12)}  ${flags.join(' ').padEnd(16)}  ${quote.slice(0, 80)}\n`
}

async function* linesOf(path: string, { abort }: CliOutside): AsyncGenerator<Line> {
  const refused = (cause: NodeJS.ErrnoException) =>
    new Failure('invalid', `--file ${path}: ${unreadable(cause)}`, { cause })
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw refused(cause)
  })
  try {
    if ((await file.stat()).isDirectory()) throw new Failure('invalid', `--file ${path}: is a folder, not a file`)
    let number = 0
    const input = file.createReadStream({ autoClose: false, encoding: 'utf8' })
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      abort.throwIfAborted()
      number++
      yield parseLine(number === 1 ? line.replace(/^\uFEFF/, '') : line, `${path}, line ${number}`)
    }
  } finally {
    await file.close()
  }
}

function parseLine(line: string, where: string): Line {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new Failure(
      'invalid',
      `${where}: ${JSON.stringify(line.slice(0, 60))} is not JSON; a line is { "text": "..." }`,
      {
        cause,
      },
    )
  }
  const parsed = Line.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.') ?? ''
  throw new Failure(
    'invalid',
    `${where}${field === '' ? '' : `, ${field}`}: ${issue?.message}; a line is { "text": "..." }`,
  )
}
