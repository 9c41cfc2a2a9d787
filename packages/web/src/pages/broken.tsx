import type { ErrorComponentProps } from '@tanstack/react-router'
import { sentenceOf } from '../data/asked.ts'
import { Button } from '../parts/kit/button.tsx'
import { Card } from '../parts/kit/card.tsx'
import { texts } from '../words/language.ts'

const text = texts({
  en: {
    title: 'This page broke',
    why: 'It could not be loaded or drawn. If the server was updated meanwhile, loading it anew helps.',
    reload: 'Load it anew',
  },
})

/** What is shown in place of a page that threw, or whose part of the app is gone since an update. */
export const BrokenPage = ({ error }: ErrorComponentProps) => (
  <Card title={text.title}>
    <p role="alert" className="mb-3 text-sm">
      {text.why}
    </p>
    <p className="mb-4 text-sm text-ink-2">
      <code>{sentenceOf(error)}</code>
    </p>
    <Button look="primary" onClick={() => location.reload()}>
      {text.reload}
    </Button>
  </Card>
)
