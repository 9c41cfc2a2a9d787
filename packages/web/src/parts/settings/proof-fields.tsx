import { useState } from 'react'
import { ownTexts } from '../../words/texts/account-settings.ts'
import { accountTexts } from '../../words/texts/accounts.ts'
import { PasswordField } from '../account/password-field.tsx'
import { TextField } from '../kit/field.tsx'

/** What proves that whoever sits here is who signed in. */
export function useProof() {
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  return {
    password,
    code,
    setPassword,
    setCode,
    given: (hasCode: boolean) => ({ password, ...(hasCode && { code: code.trim() }) }),
    clear() {
      setPassword('')
      setCode('')
    },
  }
}

type Props = { proof: ReturnType<typeof useProof>; hasCode: boolean }

export const ProofFields = ({ proof, hasCode }: Props) => (
  <>
    <PasswordField label={ownTexts.password.now} value={proof.password} onChange={proof.setPassword} />
    {hasCode && (
      <TextField
        label={ownTexts.data.twoFactor}
        hint={accountTexts.codeHint}
        required
        minLength={6}
        maxLength={20}
        autoComplete="one-time-code"
        spellCheck={false}
        value={proof.code}
        onChange={(event) => proof.setCode(event.target.value)}
      />
    )}
  </>
)
