import { HowToRead } from './how-to-read.tsx'
import { Movers } from './movers.tsx'
import { Newcomers } from './newcomers.tsx'
import { SourcesNote } from './sources-note.tsx'

/** What stands below the table, and is loaded behind it. */
export const Below = () => (
  <div className="mt-6 grid items-start gap-4 xl:grid-cols-2">
    <Newcomers />
    <Movers />
    <HowToRead />
    <SourcesNote />
  </div>
)
