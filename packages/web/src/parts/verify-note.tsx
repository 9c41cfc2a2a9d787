import type { Health } from '@pumpiq/api'

/** How to check the record without believing who shows it. */
export function VerifyNote({ head }: { head: Health['ledger'] | null }) {
  return (
    <section className="card" aria-labelledby="verify">
      <h2 id="verify">Check it yourself</h2>
      <ol className="steps">
        <li>
          <a href="/api/v1/ledger/export" download="pumpiq-ledger.jsonl">
            Download the ledger
          </a>
          : every call, what it was decided from and how it ended, one record a line. Of personal calls of others it has
          the place in the chain alone.
        </li>
        <li>
          Verify it offline: <code>npx pumpiq verify --export pumpiq-ledger.jsonl</code>, or with any tool that computes
          SHA-256: each hash is that of the hash before it, a newline, and the canonical JSON of the body. One altered,
          missing or moved record breaks the chain.
        </li>
        <li>
          Note the head away from this machine, and nothing before it can be changed unnoticed
          {head && (
            <>
              : record <span className="num">{head.seq.toLocaleString('en')}</span>, <code>{head.hash}</code>
            </>
          )}
          .
        </li>
        <li>
          Judge any call again on candles of your own:{' '}
          <code>npx pumpiq judge --recommendation FILE --candles FILE</code>
        </li>
      </ol>
    </section>
  )
}
