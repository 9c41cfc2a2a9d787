import { Button } from '../parts/kit/button.tsx'
import { texts } from '../words/language.ts'
import { useIsOld } from './register.ts'

const text = texts({
  en: {
    ready: 'There is a new version of these pages.',
    why: 'This one goes on working; what you have typed is lost when you reload.',
    reload: 'Reload',
  },
})

/** Says that there are newer pages, and leaves it to the reader when to load them. */
export function NewVersion() {
  const isOld = useIsOld()
  return (
    <div role="status" className="fixed inset-x-0 bottom-16 z-40 grid justify-items-center px-4 lg:bottom-6">
      {isOld && (
        <p className="flex max-w-xl flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line-2 bg-card px-4 py-2.5 text-sm text-ink shadow-card">
          <span className="min-w-0 flex-1 basis-64">
            <strong>{text.ready}</strong> {text.why}
          </span>
          <Button small look="primary" onClick={() => location.reload()}>
            {text.reload}
          </Button>
        </p>
      )}
    </div>
  )
}
