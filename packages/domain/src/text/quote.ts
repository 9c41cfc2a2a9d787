import { plainText } from './plain.ts'
import { sentimentOf } from './sentiment.ts'

const longest = 160
const looked = { characters: 4_000, sentences: 20 }

/** The sentence that carries the claim, the title before all others: one plain line of at most 160 UTF-16 units. */
export function quoteOf(title: string, text: string): string {
  const head = oneLine(title)
  return cut(head === '' ? strongest(oneLine(text.slice(0, looked.characters))) : head)
}

/** Without whatever is not seen or turns the direction of writing, and with one space for every white space. */
function oneLine(text: string): string {
  return plainText(text)
    .toWellFormed()
    .replaceAll(/[\p{Zl}\p{Zp}\p{Cc}]/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Co}\p{Cn}\ufffd]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function strongest(line: string): string {
  let best = ''
  let most = -1
  for (const sentence of sentencesOf(line)) {
    const strength = Math.abs(sentimentOf(sentence))
    if (strength > most) [best, most] = [sentence, strength]
  }
  return best
}

function sentencesOf(line: string): readonly string[] {
  return line.split(/(?<=[.!?]) /).slice(0, looked.sentences)
}

/** At a space where there is one, and never inside a character. */
function cut(line: string): string {
  if (line.length <= longest) return line
  const room = line.slice(0, longest - 1)
  const space = room.lastIndexOf(' ')
  const kept = space > longest / 2 ? room.slice(0, space) : room.replace(/[\ud800-\udbff]$/, '')
  return `${kept}…`
}
