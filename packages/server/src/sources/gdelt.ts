import { minutes, seconds } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { articlesOf, domainOf, faultOfPublished, type Article } from './articles.ts'
import { feedTime } from './feed-time.ts'
import { aboutCoins, searchName } from './search-name.ts'
import type { Source } from './source.ts'
import type { Watch } from './watch.ts'

const articlesAtMost = 100
/** Shorter words are refused. */
const shortestWord = 3

/** "20260527T174500Z", in steps of a quarter of an hour. */
const SeenDate = z
  .string()
  .regex(/^\d{8}T\d{6}Z$/, 'expected YYYYMMDDTHHMMSSZ')
  .transform((text) => feedTime(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')))
  .pipe(z.number())

const Entry = z.object({ url: z.string().min(1), title: z.string(), seendate: SeenDate })
/** Nothing found is an empty object. */
const ArtList = z.looseObject({ articles: z.array(Entry).optional() })
type ArtList = z.output<typeof ArtList>

/** News of the whole world, by their first mention in an index; free to use where the GDELT Project is named. */
export const gdelt: Source = {
  id: 'gdelt',
  docs: 'https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/',
  key: 'none',
  // One every 5 s is what it says; at exactly that it still refuses.
  budget: { calls: 1, perMs: seconds(6.5) },
  timeoutMs: seconds(30),
  throttledMs: minutes(1),
  readError,
  feeds: {},
  watches: [articles()],
}

function articles(): Watch {
  return {
    name: 'articles',
    kind: 'news',
    about: 'token',
    calls: 1,
    // How often its index is made anew.
    freshMs: minutes(15),
    serves: (token) => searchName(token, shortestWord) !== null,
    see: async ({ token, now, get, abort }) => {
      const query = `"${searchName(token, shortestWord) ?? token.name}" ${aboutCoins} sourcelang:english`
      const search = new URLSearchParams({
        query,
        mode: 'artlist',
        format: 'json',
        sort: 'DateDesc',
        timespan: '3d',
        maxrecords: String(articlesAtMost),
      })
      const url = `https://api.gdeltproject.org/api/v2/doc/doc?${search}`
      // A second try waits for the budget longer than a third one could.
      const answer = await get.timed(url, ArtList, { parse, check: faultOf, attempts: 2, abort })
      return articlesOf(
        { source: gdelt.id, token: token.id, now, fetchedAt: answer.fetchedAt },
        articlesIn(answer.body),
      )
    },
  }
}

const faultOf = (list: ArtList): string | null =>
  list.articles === undefined && Object.keys(list).length > 0
    ? 'the answer is neither empty nor a list of articles'
    : faultOfPublished(articlesIn(list))

const articlesIn = ({ articles: found = [] }: ArtList): Article[] =>
  found.map(({ url, title, seendate }) => ({
    id: url,
    title: joined(title),
    url,
    publishedAt: seendate,
    publisher: domainOf(url),
  }))

/** Titles come with spaces around what joins words: "Apple ' s". */
const joined = (title: string): string => title.replace(/ ([’']) (?=s\b)/g, '$1').replace(/ ([,.:;!?%])(?=\s|$)/g, '$1')

/** JSON, sometimes with signs in titles that JSON does not allow; what it will not answer it tells in a sentence, with status 200. */
function parse(text: string): unknown {
  const start = text.trimStart()
  if (start.startsWith('<')) throw new SyntaxError('a web page')
  if (!start.startsWith('{')) return { refusal: /limit requests/i.test(text) ? 'often' : 'query' }
  try {
    return JSON.parse(text) as unknown
  } catch {
    return JSON.parse(
      text.replace(/\p{Cc}/gu, ' ').replace(/\\(?:u(?![0-9a-f]{4})|(?!["\\/bfnrtu]).)/gi, ' '),
    ) as unknown
  }
}

const Refusal = z.strictObject({ refusal: z.enum(['often', 'query']) })

function readError(_status: number, body: unknown): VendorError | null {
  const refusal = Refusal.safeParse(body).data?.refusal
  if (refusal === undefined) return null
  return refusal === 'often'
    ? { mishap: 'throttled', reason: 'says that we ask too often' }
    : { mishap: 'refused', reason: 'refused the query in a sentence of its own' }
}
