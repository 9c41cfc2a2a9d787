import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Failure } from '@pumpiq/domain'
import type { Home } from './home.ts'
import { createSecret, type Secret } from './secret.ts'

type Needs = {
  /** PUMPIQ_SECRET. */
  secret: Secret | null
  /** The embedded data folder; null on a database of its own. */
  home: Pick<Home, 'path'> | null
}

/**
 * The installation's secret: PUMPIQ_SECRET, else the one kept in the data folder, made at first start and readable by its owner only.
 * Failure invalid where there is neither: processes that share a database must share the secret, so none of them may make one up.
 */
export function openSecret({ secret, home }: Needs): Secret {
  if (secret) return secret
  if (!home)
    throw new Failure(
      'invalid',
      'PUMPIQ_SECRET is not set: with DATABASE_URL it is needed to keep what users give for their channels; allowed are 32 or more printable ASCII characters, the same for all processes',
    )
  const path = home.path('secret')
  return kept(path) ?? made(path)
}

function kept(path: string): Secret | null {
  try {
    const text = readFileSync(path, 'utf8').trim()
    // A new one in its place would make everything unreadable that was sealed under it.
    if (!/^[\x21-\x7e]{32,}$/.test(text))
      throw new Failure(
        'broken',
        `${path} does not hold a secret of 32 or more characters; put the old one back from a backup`,
      )
    chmodSync(path, 0o600)
    return createSecret(text)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Written whole beside its place and then linked, which never replaces one that is there. */
function made(path: string): Secret {
  const text = randomBytes(32).toString('base64url')
  rmSync(`${path}.new`, { force: true })
  writeFileSync(`${path}.new`, `${text}\n`, { mode: 0o600, flag: 'wx', flush: true })
  linkSync(`${path}.new`, path)
  rmSync(`${path}.new`)
  return createSecret(text)
}
