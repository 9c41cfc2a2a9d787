import { useLocation } from '@tanstack/react-router'
import type { Health } from '@pumpiq/api'
import type { ReactNode } from 'react'
import type { Asked } from '../../data/asked.ts'
import { shellTexts as text } from '../../words/texts/shell.ts'
import { Toasts } from '../kit/toast.tsx'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { Notices } from './notices.tsx'
import { TabBar } from './tab-bar.tsx'

/** What stands around every page: whether this is real, what is down, where one can go, and where the record is. */
export function Shell({ health, children }: { health: Asked<Health>; children: ReactNode }) {
  const path = useLocation({ select: ({ pathname }) => pathname })
  return (
    <>
      <a
        href="#content"
        className="absolute -left-[999px] z-50 rounded-lg bg-accent px-4 py-2 text-on-accent focus:left-2 focus:top-2"
      >
        {text.skip}
      </a>
      {health.data?.data === 'simulated' && <SimulatedBanner />}
      <Header health={health} path={path} />
      <div className="mx-auto w-full max-w-[90rem] px-4 pb-28 sm:px-6 lg:pb-12">
        <Notices health={health} />
        <main id="content" tabIndex={-1} className="min-h-screen outline-none">
          {children}
        </main>
        <Footer health={health.data} />
      </div>
      <TabBar path={path} />
      <Toasts />
    </>
  )
}

const SimulatedBanner = () => (
  <div role="note" className="hazard-stripes bg-hazard text-on-hazard">
    <p className="mx-auto flex max-w-[90rem] flex-wrap items-baseline gap-x-3 px-4 py-2 text-sm sm:px-6">
      <strong className="tracking-widest">{text.simulated}</strong>
      <span>{text.simulatedWhy}</span>
    </p>
  </div>
)
