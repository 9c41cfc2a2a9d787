import { Failure, seconds } from '@pumpiq/domain'
import { createModelAnalyst } from '../analysts/model.ts'
import type { Config } from '../config.ts'
import type { Db } from '../db/db.ts'
import { createModel } from '../llm/create-model.ts'
import { modelSettings } from '../llm/settings.ts'
import { createFetch } from '../network/fetch.ts'
import type { Clock } from '../platform/clock.ts'
import { systemIds } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import { systemRandom } from '../platform/random.ts'
import { createAsker, type Asker } from './asker.ts'
import { openJournalFile } from './journal-file.ts'
import type { GrowingJournal } from './journal.ts'
import { promptHashOf } from './prompt-hash.ts'

type Needs = {
  readonly config: Config
  /** Where the journal that was read lies, or shall lie. */
  readonly path: string
  readonly journal: GrowingJournal
  readonly atMost: number
  /** One of its own, so that the books and the lock of a server are not touched. */
  openDb(): Promise<Db>
  readonly clock: Clock
  readonly log: Log
  progress(line: string): void
  readonly abort: AbortSignal
}

/** The configured model, asked as the live analyst asks it; what it answers is added to the journal and to its file. */
export async function openAsker(needs: Needs): Promise<Asker & { close(): Promise<void> }> {
  const { config, path, journal, atMost, clock, log, abort } = needs
  const settings = settingsIn(config)
  const others = journal.models.filter((id) => id !== settings.model)
  if (others.length > 0)
    throw new Failure(
      'invalid',
      `--model-journal ${path} holds answers of ${others.join(', ')}, and ${settings.model} would be asked: a journal is of one model`,
    )
  const db = await needs.openDb()
  const fetch = createFetch({ upstream: config.upstream })
  try {
    const outside = { db, fetch, clock, guard: clock, random: systemRandom, ids: systemIds, log }
    const model = createModel({ ...outside, settings })
    const file = await openJournalFile(path)
    const asker = createAsker({
      analyst: createModelAnalyst({ model }),
      model: settings.model,
      journal,
      promptHashOf,
      keep: file.append,
      atMost,
      clock,
      progress: needs.progress,
      abort,
      async pause() {
        const until = (await model.health()).leftAlone?.until
        await clock.sleep(until === undefined ? seconds(2) : Math.max(0, Date.parse(until) - clock.now()), abort)
      },
    })
    return { ...asker, close: () => closed([model.close, file.close, fetch.close, () => db.destroy()]) }
  } catch (thrown) {
    await closed([fetch.close, () => db.destroy()])
    throw thrown
  }
}

async function closed(closings: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of closings) await close()
}

/** Without a successor: the answers of another model would not belong to the same record. */
function settingsIn(config: Config) {
  const settings = modelSettings(config)
  if (settings) return { ...settings, successor: null }
  throw new Failure(
    'invalid',
    '--ask-model: there is no model to ask; set OPENAI_API_KEY, or OPENAI_BASE_URL and PUMPIQ_MODEL for a server of your own',
  )
}
