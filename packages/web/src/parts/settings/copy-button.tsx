import { copyText } from '../../platform/clipboard.ts'
import { ownTexts as text } from '../../words/texts/account-settings.ts'
import { Button } from '../kit/button.tsx'
import { toast } from '../kit/toast.tsx'

/** Copies a text, and says when the browser does not let it. */
export function CopyButton({ of }: { of: string }) {
  const copy = async () => {
    if (await copyText(of)) toast(text.copied)
    else toast(text.notCopied, 'bad')
  }
  return (
    <Button small onClick={() => void copy()}>
      {text.copy}
    </Button>
  )
}
