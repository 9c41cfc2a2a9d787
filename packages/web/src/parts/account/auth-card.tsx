import type { ReactNode } from 'react'
import { Card } from '../kit/card.tsx'

type Props = { title: string; lead?: ReactNode; children: ReactNode; footer?: ReactNode }

/** A page of one form: what it is for, the form, and where else one may want to go. */
export const AuthCard = ({ title, lead, children, footer }: Props) => (
  <div className="mx-auto mt-4 w-full max-w-md sm:mt-12">
    <Card>
      <div className="grid gap-5 sm:p-2">
        <header className="grid gap-1.5">
          <h1>{title}</h1>
          {lead !== undefined && <p className="text-sm text-ink-2">{lead}</p>}
        </header>
        {children}
      </div>
    </Card>
    {footer !== undefined && (
      <div className="mt-4 flex flex-wrap justify-center gap-x-5 gap-y-2 text-sm text-ink-2">{footer}</div>
    )}
  </div>
)
