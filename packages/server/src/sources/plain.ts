import { Parser } from 'htmlparser2'

/** No more of a text is read, in UTF-16 units: what is kept of it is shorter still. */
const charactersAtMost = 100_000
/** What no writer nests; deeper text is left out, because looking for the end of a tag costs its depth. */
const depthAtMost = 100

const silent: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript'])
/** Elements that do not part words. */
const inline: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo cite code del em font i ins kbd mark q s samp small span strong sub sup u'.split(' '),
)

/** What a reader sees of a piece of HTML: without tags and entities, in one line. */
export function plainText(html: string): string {
  const text = html.slice(0, charactersAtMost)
  return oneLine(/[<&]/.test(text) ? seenOf(text) : text)
}

/** Control characters part words too; marks that cannot be seen stay, for they tell of who wrote them. */
const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()

function seenOf(html: string): string {
  const seen: string[] = []
  let depth = 0
  let hidden = 0
  const parser = new Parser({
    onopentag(name) {
      if (++depth > depthAtMost) parser.pause()
      if (silent.has(name)) hidden++
      if (!inline.has(name)) seen.push(' ')
    },
    ontext(data) {
      if (hidden === 0) seen.push(data)
    },
    onclosetag(name) {
      depth--
      if (silent.has(name)) hidden--
      if (!inline.has(name)) seen.push(' ')
    },
  })
  parser.end(html)
  return seen.join('')
}
