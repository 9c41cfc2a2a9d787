import { useEffect, useRef, useState } from 'react'
import type { Recommendation } from '@pumpiq/domain'
import { sentenceOf } from '../../data/asked.ts'
import { callTexts as text } from '../../words/texts/recommendation.ts'
import { Button } from '../kit/button.tsx'
import { drawCall, pictureSize } from './draw-call.ts'

/** The picture as it will be saved, drawn from the document itself. */
export function SharePicture({ call }: { call: Recommendation }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context) drawCall(context, call, location.host)
    else setProblem('no canvas')
  }, [call])
  const save = () => {
    canvas.current?.toBlob((bytes) => {
      if (!bytes) return setProblem('no PNG came of it')
      try {
        saveAs(bytes, `pumpiq-${call.type.toLowerCase()}-${call.id}.png`)
      } catch (thrown) {
        setProblem(sentenceOf(thrown))
      }
    }, 'image/png')
  }
  return (
    <div className="grid gap-3">
      <canvas
        ref={canvas}
        {...pictureSize}
        role="img"
        aria-label={text.pictureAlt(call.symbol, call.type)}
        className="block h-auto w-full rounded-lg border border-line"
      />
      <p className="text-xs text-ink-2">{text.pictureWhy}</p>
      {problem !== null && (
        <p role="alert" className="text-sm text-sell">
          {text.pictureProblem} {problem}
        </p>
      )}
      <Button look="primary" className="justify-self-start" onClick={save}>
        {text.download}
      </Button>
    </div>
  )
}

function saveAs(bytes: Blob, name: string): void {
  const url = URL.createObjectURL(bytes)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
