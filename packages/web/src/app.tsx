import { Outlet } from '@tanstack/react-router'
import { ClockOffset } from './data/now.ts'
import { useHealth } from './data/system.ts'
import { Shell } from './parts/shell/shell.tsx'

/** What is around every page, whichever it is. */
export function App() {
  const health = useHealth()
  const offset = health.data && health.at !== null ? Date.parse(health.data.at) - health.at : 0
  return (
    <ClockOffset value={offset}>
      <Shell health={health}>
        <Outlet />
      </Shell>
    </ClockOffset>
  )
}
