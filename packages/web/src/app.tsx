import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { ClockOffset } from './data/now.ts'
import { useSignedOut } from './data/session.ts'
import { useHealthAround } from './data/system.ts'
import { Shell } from './parts/shell/shell.tsx'
import { useLate } from './platform/clock.ts'

/** So long is waited for what stands above all else before the page is shown without it. */
const patienceMs = 1_200

const SignInAgain = lazy(() =>
  import('./parts/account/sign-in-again.tsx').then(({ SignInAgain: dialog }) => ({ default: dialog })),
)

/** What is around every page, whichever it is. Nothing is shown before it is known whether the market is real: what comes above all would push the rest down. */
export function App() {
  const health = useHealthAround()
  const signedOut = useSignedOut()
  const offset = health.data && health.at !== null ? Date.parse(health.data.at) - health.at : 0
  const isLate = useLate(patienceMs)
  if (health.data === null && health.problem === null && !isLate) return <div aria-busy="true" />
  return (
    <ClockOffset value={offset}>
      <Shell health={health}>
        <Outlet />
      </Shell>
      {signedOut !== null && (
        <Suspense>
          <SignInAgain who={signedOut} />
        </Suspense>
      )}
    </ClockOffset>
  )
}
