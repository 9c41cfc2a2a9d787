import { Failure } from '@pumpiq/domain'
import type { Page } from './page.ts'
import type { CallOptions } from './send.ts'

/** Which of what is asked a list pages by. */
type Paged = { readonly query?: { readonly cursor?: string | undefined } | undefined }
type Given<A> = undefined extends A ? [ask?: A, options?: CallOptions] : [ask: A, options?: CallOptions]

/**
 * The items of a list, page by page: `for await (const call of paginate(client.recommendations.list, { query: { token } }))`. A page is
 * asked for when the one before it has been read, so that whoever leaves the loop asks for no more.
 */
export async function* paginate<A extends Paged | undefined, Item>(
  list: (ask: A, options?: CallOptions) => Promise<Page<Item>>,
  ...[first, options]: Given<A>
): AsyncGenerator<Item, void, void> {
  let ask = first as A
  for (;;) {
    const { items, next } = await list(ask, options)
    yield* items
    if (next === null) return
    if (next === ask?.query?.cursor)
      throw new Failure('broken', 'the list goes round in a circle: the next page is the same again')
    ask = behind(ask, next)
  }
}

const behind = <A extends Paged | undefined>(ask: A, cursor: string): A => ({
  ...ask,
  query: { ...ask?.query, cursor },
})
