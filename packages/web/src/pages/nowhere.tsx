import { useLocation } from '@tanstack/react-router'
import { Card } from '../parts/kit/card.tsx'
import { Link } from '../paths.tsx'
import { texts } from '../words/language.ts'

const text = texts({
  en: { title: 'There is no such page', nothingAt: 'Nothing is at', market: 'See the current calls' },
})

/** What is shown at an address that no page has. */
export function NowherePage() {
  const path = useLocation({ select: ({ pathname }) => pathname })
  return (
    <Card className="mx-auto mt-8 max-w-xl text-center">
      <h1>{text.title}</h1>
      <p className="mt-2 text-ink-2">
        {text.nothingAt} <code>{path}</code>. <Link to="/">{text.market}</Link>
      </p>
    </Card>
  )
}
