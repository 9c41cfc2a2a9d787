type Props = { label: string; checked: boolean; onChange: (on: boolean) => void }

export const Check = ({ label, checked, onChange }: Props) => (
  <label className="check">
    <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
    {label}
  </label>
)
