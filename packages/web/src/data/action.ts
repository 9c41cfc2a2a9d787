import { useState } from 'react'
import { isFailure, type Failure } from '@pumpiq/domain'
import { sentenceOf } from './asked.ts'
import { backAgain } from './session.ts'

export type Action<A extends readonly unknown[]> = {
  readonly busy: boolean
  /** Why it failed the last time. */
  readonly problem: string | null
  readonly code: Failure['code'] | null
  /** True once it is done; what was typed is the caller's to clear then, and only then. */
  readonly run: (...given: A) => Promise<boolean>
  readonly forget: () => void
}

type State = Pick<Action<[]>, 'busy' | 'problem' | 'code'>
const idle: State = { busy: false, problem: null, code: null }

/**
 * Something the reader does. Where his session has ended meanwhile, he may sign in over the page, and what he did goes on; nothing he typed
 * is lost either way.
 */
export function useAction<A extends readonly unknown[]>(
  act: (...given: A) => Promise<unknown>,
  /** Where it is itself about signing in, a refusal is told and no more. */
  { signs = false }: { signs?: boolean } = {},
): Action<A> {
  const [state, setState] = useState(idle)
  const run = async (...given: A): Promise<boolean> => {
    setState({ ...idle, busy: true })
    try {
      await (signs ? act(...given) : goOn(() => act(...given)))
      setState(idle)
      return true
    } catch (thrown) {
      setState({ busy: false, problem: sentenceOf(thrown), code: isFailure(thrown) ? thrown.code : 'broken' })
      return false
    }
  }
  return { ...state, run, forget: () => setState(idle) }
}

async function goOn(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (thrown) {
    if (!isFailure(thrown) || thrown.code !== 'unauthenticated' || !(await isBack())) throw thrown
    await act()
  }
}

const isBack = (): Promise<boolean> => backAgain().catch(() => false)
