import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '@pumpiq/domain'

/** One asset's daily opens, oldest first. `dates` are `yyyy-mm-dd`. */
export type Opens = { readonly asset: string; readonly dates: readonly string[]; readonly open: Float64Array }

/** Every `opens_<asset>.csv` (header `date,open`) of a folder, by asset in upper case. */
export async function readOpens(dir: string): Promise<ReadonlyMap<string, Opens>> {
  const names = await readdir(dir).catch((cause: NodeJS.ErrnoException) => {
    throw new Failure('invalid', `--data ${dir}: ${cause.code === 'ENOENT' ? 'no such folder' : cause.message}`, {
      cause,
    })
  })
  const found = new Map<string, Opens>()
  for (const name of names.toSorted()) {
    const asset = /^opens_([A-Za-z0-9]+)\.csv$/.exec(name)?.[1]?.toUpperCase()
    if (asset) found.set(asset, parseOpens(asset, await readFile(join(dir, name), 'utf8'), join(dir, name)))
  }
  if (found.size === 0) throw new Failure('invalid', `--data ${dir}: there is no opens_<asset>.csv in it`)
  return found
}

export function parseOpens(asset: string, text: string, name: string): Opens {
  const [header, ...lines] = text
    .replace(/^\uFEFF/, '')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
  if (header !== 'date,open')
    throw new Failure('invalid', `${name}, line 1: header ${JSON.stringify(header)}; it must be date,open`)
  const dates: string[] = []
  const open = new Float64Array(lines.length)
  lines.forEach((line, i) => {
    const refuse = (what: string) =>
      new Failure('invalid', `${name}, line ${i + 2}: ${what} in ${JSON.stringify(line)}`)
    const [date = '', cell = '', ...more] = line.split(',')
    const value = /^\d+(\.\d+)?([eE][+-]?\d+)?$/.test(cell) ? Number(cell) : Number.NaN
    if (more.length > 0 || !/^\d{4}-\d\d-\d\d$/.test(date))
      throw refuse('a row has a date (yyyy-mm-dd) and an open, not what is')
    if (dates.length > 0 && date <= dates.at(-1)!) throw refuse(`dates ascend, and ${dates.at(-1)} came before;`)
    if (!(value > 0 && value < 1e14)) throw refuse('open is a price above 0 and below 1e14, not what is')
    dates.push(date)
    open[i] = value
  })
  return { asset, dates, open }
}
