import type { Plugin } from 'vite'
import { endpoints, type Endpoint } from '@pumpiq/api'

/**
 * The contract without its schemas. A reply was checked by the server that also sent these pages, so they do not carry the checks a second
 * time: of each endpoint what a client needs to ask is left, made from the table itself. An answer of a newer server meets the notice that
 * the page is old.
 */
export const leanContract = (): Plugin => ({
  name: 'lean-contract',
  enforce: 'pre',
  load(id) {
    if (id.endsWith('/api/src/endpoints/index.ts')) return tableWithoutSchemas()
    return id.endsWith('/api/src/checks.ts') ? uncheckedProblems : null
  },
})

const uncheckedProblems = `
const isProblem = (told) => typeof told === 'object' && told !== null && typeof told.code === 'string' && typeof told.detail === 'string'
export const problemOf = (told) => (isProblem(told) ? told : null)
export const eventsOf = (told) => told
`

function tableWithoutSchemas(): string {
  const asked = (endpoint: Endpoint) => {
    const { method, path, idempotent, timeoutMs, lines, accepts } = endpoint
    const parts = JSON.stringify({ method, path, idempotent, timeoutMs, lines }).slice(1, -1)
    return `{ ${parts}, reply: whatever${accepts ? ', accepts: whatever' : ''} }`
  }
  const subjects = Object.entries(endpoints).map(([subject, verbs]) => {
    const entries = Object.entries<Endpoint>(verbs).map(([verb, endpoint]) => `${verb}: ${asked(endpoint)}`)
    return `${subject}: { ${entries.join(', ')} }`
  })
  return `const whatever = { safeParse: (data) => ({ success: true, data }) }\nexport const endpoints = { ${subjects.join(', ')} }`
}

/**
 * Schemas are values that modules make when they are loaded; a bundler cannot know that making them does nothing else. Here it is told, so
 * that those nobody asks are left out, and with the last of them the library they are made of. Holds for what is pure by the rules of the
 * project: the top-level constants of domain and contract.
 */
export const droppableSchemas = (): Plugin => ({
  name: 'droppable-schemas',
  apply: 'build',
  transform(code, id) {
    if (!/\/(?:api|domain)\/src\/[^?]+\.ts$/.test(id)) return null
    const calls = this.parse(code)
      .body.map((statement) => (statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement))
      .filter((statement) => statement?.type === 'VariableDeclaration')
      .flatMap(({ declarations }) => declarations)
      .map(({ init }) => init)
      .filter((init) => init?.type === 'CallExpression' || init?.type === 'NewExpression')
    let droppable = code
    for (const { start, end } of calls.toReversed())
      droppable = `${droppable.slice(0, start)}/* @__PURE__ */ (() => ${code.slice(start, end)})()${droppable.slice(end)}`
    return { code: droppable, map: null }
  },
  generateBundle(_, bundle) {
    const isSchemas = (id: string) => id.includes('/node_modules/zod/')
    for (const file of Object.values(bundle))
      if (file.type === 'chunk' && file.moduleIds.some(isSchemas))
        this.error(`a page uses a schema, and ${file.fileName} carries the whole library for it: take the type alone`)
  },
})
