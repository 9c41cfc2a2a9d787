import type { TestProject } from 'vitest/node'
import { chromiumPath } from './browser.ts'
import { buildPages, startDemo } from './product.ts'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- a module is extended by interfaces alone
  interface ProvidedContext {
    /** Where the product runs that all stories share; empty where there is no browser to look at it. */
    demo: string
  }
}

/** Builds the pages once and starts the product once, on the simulated market, for all stories of a run. */
export default async function demo(project: TestProject): Promise<() => Promise<void>> {
  if (!chromiumPath) {
    project.provide('demo', '')
    return async () => {}
  }
  await buildPages()
  const product = await startDemo()
  project.provide('demo', product.url)
  return async () => void (await product.close())
}
