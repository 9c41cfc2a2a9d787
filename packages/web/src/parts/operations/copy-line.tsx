import { operationsTexts } from '../../words/texts/operations.ts'
import { Button } from '../kit/button.tsx'
import { toast } from '../kit/toast.tsx'

const text = operationsTexts.sources

/** A line to be taken elsewhere. */
export function CopyLine({ line }: { line: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(line)
      toast(text.copied)
    } catch {
      toast(text.notCopied, 'bad')
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-lg border border-line bg-raised px-3 py-2">
      <code className="min-w-0 grow text-xs break-all select-all">{line}</code>
      <Button small onClick={() => void copy()}>
        {text.copy}
      </Button>
    </div>
  )
}
