import { lazy, Suspense, useState } from 'react'
import type { Recommendation } from '@pumpiq/domain'
import { callTexts as text } from '../../words/texts/recommendation.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Skeleton } from '../kit/skeleton.tsx'
import { toast } from '../kit/toast.tsx'

const SharePicture = lazy(() => import('./share-picture.tsx').then(({ SharePicture: part }) => ({ default: part })))

/** The link of the call, and a picture of it that bears the hash of its seal. */
export function Share({ call }: { call: Recommendation }) {
  const [isOpen, open] = useState(false)
  const [refused, setRefused] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href)
      toast(text.copied)
    } catch {
      // It may be forbidden; then the address stands there to be copied by hand.
      setRefused(true)
      open(true)
    }
  }
  return (
    <>
      <Button onClick={() => void copy()}>{text.copyLink}</Button>
      <Button onClick={() => open(true)}>{text.picture}</Button>
      <Dialog title={text.share} open={isOpen} onClose={() => open(false)}>
        {refused && (
          <p className="text-sm">
            {text.notCopied} <code className="break-all select-all">{location.href}</code>
          </p>
        )}
        <Suspense fallback={<Skeleton rows={10} />}>
          <SharePicture call={call} />
        </Suspense>
      </Dialog>
    </>
  )
}
