import { ClockOffset } from './data/now.ts'
import { useHealth } from './data/system.ts'
import { Frame } from './parts/frame.tsx'
import { AlertsPage } from './pages/alerts.tsx'
import { HomePage } from './pages/home.tsx'
import { NowherePage } from './pages/nowhere.tsx'
import { RecordPage } from './pages/record.tsx'
import { RecommendationPage } from './pages/recommendation.tsx'
import { SourcesPage } from './pages/sources.tsx'
import { TokenPage } from './pages/token.tsx'
import { useRoute } from './route.tsx'

export function App() {
  const route = useRoute()
  const health = useHealth()
  const offset = health.data && health.at !== null ? Date.parse(health.data.at) - health.at : 0
  return (
    <ClockOffset value={offset}>
      <Frame health={health} page={route.page}>
        {route.page === 'home' && <HomePage health={health.data} />}
        {route.page === 'record' && <RecordPage health={health.data} />}
        {route.page === 'alerts' && <AlertsPage />}
        {route.page === 'sources' && <SourcesPage />}
        {route.page === 'token' && <TokenPage key={route.id} id={route.id} />}
        {route.page === 'recommendation' && <RecommendationPage key={route.id} id={route.id} health={health.data} />}
        {route.page === 'nowhere' && <NowherePage path={route.path} />}
      </Frame>
    </ClockOffset>
  )
}
