import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { settingAt, settingPaths, systemSettings, Tier, tierModelShare } from '@pumpiq/domain'

const text = await readFile(new URL('../../../../docs/settings.md', import.meta.url), 'utf8')
const rows = text.split('\n').filter((line) => line.startsWith('|'))
const cells = (row: string): string[] =>
  row
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim())

it('tells of every setting, with its default', () => {
  const told = rows.map(cells).filter(([name]) => name?.startsWith('`'))
  expect(told.map(([name, , value]) => [name, value])).toEqual(
    settingPaths.map((path) => [`\`${path}\``, JSON.stringify(settingAt(systemSettings, path))]),
  )
})

it('tells what of a day’s money for a model each tier has', () => {
  const tiers = rows.map(cells).filter(([name]) => Tier.options.some((tier) => tier === name))
  expect(tiers.map((row) => row.at(-1))).toEqual(
    Tier.options.map((tier) => (tierModelShare[tier] === 1 ? 'all that is left' : `${tierModelShare[tier] * 100} %`)),
  )
})
