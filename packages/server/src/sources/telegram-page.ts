import { DomUtils, parseDocument } from 'htmlparser2'
import { z } from 'zod'
import { plainText } from './plain.ts'

/** "522", "1.84K", "4.07M": as a person reads it, so cut to three digits. */
const Shortened = z
  .string()
  .regex(/^\d{1,7}(\.\d{1,2})?[KM]?$/)
  .transform((text) => Math.round(Number.parseFloat(text) * (text.endsWith('K') ? 1e3 : text.endsWith('M') ? 1e6 : 1)))

/** The preview page of a public channel, oldest message first. */
export const TelegramPage = z.object({
  title: z.string().nullable(),
  subscribers: Shortened.nullable(),
  messages: z
    .array(
      z.object({
        /** `channel/number`. */
        post: z.string().regex(/^\w{4,64}\/\d{1,12}$/),
        at: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
        text: z.string(),
        views: Shortened.nullable(),
      }),
    )
    .min(1),
})

type Node = ReturnType<typeof parseDocument>['children'][number]
type Element = ReturnType<typeof DomUtils.findAll>[number]

const isOfClass = (name: string) => (element: Element) => (element.attribs['class'] ?? '').split(/\s+/).includes(name)
const allOf = (name: string, nodes: Node[]) => DomUtils.findAll(isOfClass(name), nodes)

/** What stands on the page; a page without a message is none of a channel that can be read. */
export function readTelegramPage(html: string): z.input<typeof TelegramPage> {
  const page = parseDocument(html, { withStartIndices: true, withEndIndices: true })
  const textOf = (element: Element | undefined) =>
    element ? plainText(html.slice(element.startIndex ?? 0, (element.endIndex ?? -1) + 1)) : null
  const messages = allOf('tgme_widget_message', page.children).filter(
    (element) => !isOfClass('service_message')(element),
  )
  if (messages.length === 0) throw new SyntaxError('no message')
  return {
    title: textOf(allOf('tgme_channel_info_header_title', page.children)[0]),
    subscribers: textOf(subscribersOf(page.children)),
    messages: messages.map(({ attribs, children }) => ({
      post: attribs['data-post'] ?? '',
      at: allOf('tgme_widget_message_date', children).flatMap(timeOf).at(-1) ?? '',
      // Albums nest the text, so the last one is it; what the message answers to has a class of its own.
      text: textOf(allOf('tgme_widget_message_text', children).findLast((text) => !isReply(text))) ?? '',
      views: textOf(allOf('tgme_widget_message_views', children)[0]),
    })),
  }
}

const isReply = isOfClass('js-message_reply_text')

const timeOf = ({ children }: Element): string[] =>
  DomUtils.findAll(({ name }) => name === 'time', children).map(({ attribs }) => attribs['datetime'] ?? '')

/** The counter of subscribers among those of photos, links and files. */
function subscribersOf(nodes: Node[]): Element | undefined {
  const counter = allOf('tgme_channel_info_counter', nodes).find(({ children }) =>
    allOf('counter_type', children).some((type) => /^subscribers?$/.test(DomUtils.textContent(type).trim())),
  )
  return counter && allOf('counter_value', counter.children)[0]
}
