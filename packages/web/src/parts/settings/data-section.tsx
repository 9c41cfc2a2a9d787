import { useState } from 'react'
import { deleteAccount, exportAccount, useProfile } from '../../data/accounts.ts'
import { useAction } from '../../data/action.ts'
import { useSession } from '../../data/session.ts'
import { useGo } from '../../paths.tsx'
import { saveFile } from '../../platform/save-file.ts'
import { ownTexts } from '../../words/texts/account-settings.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { TextField } from '../kit/field.tsx'
import { toast } from '../kit/toast.tsx'
import { ProofFields, useProof } from './proof-fields.tsx'

const text = ownTexts.data

/** Everything that is kept about one, and the end of it. */
export function DataSection() {
  const { data: session } = useSession()
  const { data: profile } = useProfile()
  const saving = useAction(async () => {
    const all = await exportAccount()
    saveFile(`pumpiq-account-${all.exportedAt.slice(0, 10)}.json`, 'application/json', JSON.stringify(all, null, 2))
  })
  return (
    <>
      <Card title={text.exportTitle}>
        <p className="mb-3 text-sm text-ink-2">{text.exportLead}</p>
        <ActionProblem action={saving} />
        <Button busy={saving.busy} onClick={() => void saving.run()}>
          {text.export}
        </Button>
      </Card>
      <Card title={text.deleteTitle}>
        <p className="mb-4 text-sm text-ink-2">{session?.via === 'local' ? ownTexts.localWhy : text.deleteLead}</p>
        {session && session.via !== 'local' && profile && <DeleteForm hasCode={profile.twoFactor} />}
      </Card>
    </>
  )
}

function DeleteForm({ hasCode }: { hasCode: boolean }) {
  const [word, setWord] = useState('')
  const proof = useProof()
  const go = useGo()
  const deleting = useAction(async () => {
    await deleteAccount(proof.given(hasCode))
    toast(text.deleted)
    go?.('/')
  })
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    if (word.trim() === text.word) void deleting.run()
  }
  return (
    <form onSubmit={submit} className="grid max-w-md gap-4">
      <ProofFields proof={proof} hasCode={hasCode} />
      <TextField
        label={text.confirm(text.word)}
        required
        autoComplete="off"
        spellCheck={false}
        value={word}
        onChange={(event) => setWord(event.target.value)}
      />
      <ActionProblem action={deleting} />
      <div>
        <Button type="submit" look="danger" busy={deleting.busy} disabled={word.trim() !== text.word}>
          {text.delete}
        </Button>
      </div>
    </form>
  )
}
