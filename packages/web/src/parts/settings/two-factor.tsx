import { useState } from 'react'
import { beginTwoFactor, confirmTwoFactor, endTwoFactor, type Begun } from '../../data/accounts.ts'
import { useAction } from '../../data/action.ts'
import { saveFile } from '../../platform/save-file.ts'
import { ownTexts } from '../../words/texts/account-settings.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { PasswordField } from '../account/password-field.tsx'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { toast } from '../kit/toast.tsx'
import { CopyButton } from './copy-button.tsx'

const text = ownTexts.second

/** A second factor: begun by the password, counting once its first code was given. */
export function TwoFactor({ isOn }: { isOn: boolean }) {
  const [password, setPassword] = useState('')
  const [begun, setBegun] = useState<Begun | null>(null)
  const begin = async () => setBegun(await beginTwoFactor(password))
  const end = async () => {
    await endTwoFactor(password)
    toast(text.ended)
  }
  const action = useAction(async () => {
    await (isOn ? end() : begin())
    setPassword('')
  })
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    void action.run()
  }
  if (begun !== null && !isOn) return <Confirming begun={begun} />
  return (
    <form onSubmit={submit} className="grid max-w-md gap-4">
      <p className="text-sm">
        {isOn ? text.on : text.off} {!isOn && <span className="text-ink-2">{text.beginLead}</span>}
      </p>
      <PasswordField label={ownTexts.password.now} value={password} onChange={setPassword} />
      <ActionProblem action={action} />
      <div>
        <Button type="submit" busy={action.busy} look={isOn ? 'danger' : 'plain'}>
          {isOn ? text.end : text.begin}
        </Button>
      </div>
    </form>
  )
}

function Confirming({ begun: { uri, backupCodes } }: { begun: Begun }) {
  const [code, setCode] = useState('')
  const confirming = useAction(async () => {
    await confirmTwoFactor(code.trim())
    toast(text.done)
  })
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    void confirming.run()
  }
  return (
    <div className="grid gap-5">
      <Secret uri={uri} />
      <BackupCodes codes={backupCodes} />
      <form onSubmit={submit} className="grid max-w-md gap-4 border-t border-line pt-4">
        <TextField
          label={text.code}
          required
          inputMode="numeric"
          autoComplete="one-time-code"
          minLength={6}
          maxLength={20}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <ActionProblem action={confirming} />
        <div>
          <Button type="submit" look="primary" busy={confirming.busy}>
            {text.confirm}
          </Button>
        </div>
      </form>
    </div>
  )
}

function Secret({ uri }: { uri: string }) {
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return (
    <section className="grid gap-2">
      <h3>{text.secret}</h3>
      <p className="text-sm text-ink-2">{text.secretLead}</p>
      <code className="rounded border border-line-2 bg-raised px-3 py-2 font-mono text-sm break-all select-all">
        {(secret.match(/.{1,4}/g) ?? []).join(' ')}
      </code>
      <div className="flex flex-wrap items-center gap-3">
        <CopyButton of={secret} />
        {uri.startsWith('otpauth:') && (
          <a href={uri} className="text-sm font-semibold text-accent">
            {text.open}
          </a>
        )}
      </div>
    </section>
  )
}

const BackupCodes = ({ codes }: { codes: readonly string[] }) => (
  <section className="grid gap-2">
    <h3>{text.codes}</h3>
    <p className="text-sm text-ink-2">{text.codesLead}</p>
    <ul className="grid grid-cols-2 gap-x-6 gap-y-1 rounded border border-line-2 bg-raised px-3 py-2 font-mono text-sm sm:grid-cols-5">
      {codes.map((code) => (
        <li key={code} className="select-all">
          {code}
        </li>
      ))}
    </ul>
    <div className="flex flex-wrap gap-2">
      <CopyButton of={codes.join('\n')} />
      <Button small onClick={() => saveFile('pumpiq-backup-codes.txt', 'text/plain', `${codes.join('\n')}\n`)}>
        {text.download}
      </Button>
    </div>
  </section>
)
