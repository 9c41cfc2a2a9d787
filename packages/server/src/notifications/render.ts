import type { Notice } from './notice.ts'

/** How a channel writes. Lengths are UTF-16 code units, which is never less than what a vendor counts. */
export type Style = {
  /** One character of foreign text, made harmless. */
  escape(character: string): string
  /** A title that is escaped already. */
  title(escaped: string): string
  /** An http or https address of ours. */
  link(url: string): string
  /** The longest message. */
  limit: number
}

/** Control characters but the line feed, and what is not seen: zero-width, bidi marks and overrides, tags, soft hyphens, lone surrogates. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu
/** Marks that pile up on one letter and run over their neighbours. */
const piled = /(\p{M}{3})\p{M}+/gu

/** Foreign text as people may see it: whole characters, nothing hidden, at most one empty line. */
export const plain = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(unseen, (found) => (found === '\n' ? found : found === '\t' ? ' ' : ''))
    .replace(piled, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** The same on one line. */
export const plainLine = (text: string): string => plain(text).replace(/\s+/g, ' ')

/** What is not real says so first. */
export const titleOf = ({ title, simulated }: Notice): string => {
  const line = plainLine(title)
  return simulated && !/^\W*simulated/i.test(line) ? `SIMULATED: ${line}` : line
}

/** The title of a message of one notice or several. */
export function headline(notices: readonly Notice[]): string {
  const [first] = notices
  if (first && notices.length === 1) return titleOf(first)
  const label = notices.length > 0 && notices.every(({ simulated }) => simulated) ? 'SIMULATED: ' : ''
  return `${label}${notices.length} notices`
}

/** The text in its escaped form, cut behind a whole character so that it is no longer than `limit`, with an ellipsis where it was cut. */
export function cut(text: string, limit: number, escape: Style['escape'] = (character) => character): string {
  let whole = ''
  let kept = ''
  for (const character of text) {
    whole += escape(character)
    if (whole.length <= limit - 1) kept = whole
    if (whole.length > limit) return limit < 1 ? '' : `${kept.trimEnd()}…`
  }
  return whole
}

const longestTitle = 250

function linkOf({ link }: Notice, style: Style): string {
  if (link === null || !URL.canParse(link)) return ''
  const { protocol, href } = new URL(link)
  return protocol === 'https:' || protocol === 'http:' ? style.link(href) : ''
}

/** What of a notice is told whole: title and link, escaped; empty ones are left out. */
function frameOf(notice: Notice, style: Style): { notice: Notice; title: string; link: string; length: number } {
  const title = style.title(cut(titleOf(notice), longestTitle, style.escape))
  const link = linkOf(notice, style)
  // A line feed before the text, one before the link, two between notices.
  return { notice, title, link, length: title.length + link.length + 4 }
}

const moreOf = (count: number): string => (count > 0 ? `\n\n… and ${count} more` : '')

/**
 * Several notices as one message within the limit: titles and links first, then as much of each text as there is room for, the same for
 * all; what still does not fit is counted at the end. The work grows with the limit, not with what is given.
 */
export function compose(notices: readonly Notice[], style: Style): string {
  const frames: (ReturnType<typeof frameOf> & { text: string })[] = []
  let room = style.limit - moreOf(notices.length).length
  for (const notice of notices) {
    const frame = frameOf(notice, style)
    if (frame.length > room && frames.length > 0) break
    room -= frame.length
    frames.push({ ...frame, text: plain(notice.text) })
  }
  const more = moreOf(notices.length - frames.length)
  /** Null as soon as it is too long. */
  const written = (share: number): string | null => {
    let whole = ''
    for (const { title, text, link } of frames) {
      const parts = [title, cut(text, share, style.escape), link].filter((part) => part !== '')
      whole += `${whole === '' ? '' : '\n\n'}${parts.join('\n')}`
      if (whole.length + more.length > style.limit) return null
    }
    return whole + more
  }
  // Halving finds the longest share: a longer one never makes the message shorter.
  let [fits, tooLong] = [0, style.limit + 1]
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2)
    if (written(middle) === null) tooLong = middle
    else fits = middle
  }
  return written(fits) ?? cut(headline(notices), style.limit, style.escape)
}
