import type { Health } from '@pumpiq/api'
import { shellTexts as text } from '../../words/texts/shell.ts'

/** What this is not, and where the whole record can be taken from. */
export const Footer = ({ health }: { health: Health | null }) => (
  <footer className="mt-12 grid gap-3 border-t border-line pt-5 text-xs text-ink-2">
    <p className="max-w-3xl">
      <strong className="text-ink">{text.notAdvice}</strong> {text.notAdviceWhy}
    </p>
    <nav aria-label={text.theRecord} className="flex flex-wrap gap-x-5 gap-y-2">
      {health && (
        <span className="whitespace-nowrap">
          {text.ledgerRecord(health.ledger.seq.toLocaleString('en'))}{' '}
          <code title={health.ledger.hash}>{health.ledger.hash.slice(0, 10)}</code>
        </span>
      )}
      <a href="/api/v1/ledger/export" download="pumpiq-ledger.jsonl">
        {text.download}
      </a>
      <a href="/api/docs">{text.apiDescription}</a>
      {health && <span className="whitespace-nowrap">{text.version(health.version)}</span>}
    </nav>
  </footer>
)
