/** The page's own style: readable by day and night, on paper and on a phone. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #5c6670; --line: #c9ced4; --ground: #ffffff; --warn: #8a4b00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --quiet: #a3abb3; --line: #4a5159; --ground: #15181c; --warn: #f0b35a; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); margin: 0 auto; padding: 1.5rem; max-width: 88rem; }
h1 { font-size: 1.6rem; margin: 0 0 .3rem; } h2 { font-size: 1.25rem; margin: 2.2rem 0 .4rem; border-bottom: 1px solid var(--line); } h3 { font-size: 1rem; margin: 1.4rem 0 .3rem; }
.labels span { border: 1px solid var(--line); border-radius: .3rem; padding: 0 .4rem; color: var(--quiet); white-space: nowrap; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .82rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
thead th { color: var(--quiet); font-weight: 600; white-space: normal; }
tbody th { font-weight: 600; }
td.foreign { white-space: normal; min-width: 18rem; overflow-wrap: anywhere; color: var(--quiet); }
.quiet, .quiet th, .quiet td { color: var(--quiet); font-weight: 400; } .warn { color: var(--warn); font-weight: 400; white-space: normal; }
.verdicts li { margin: .25rem 0; max-width: 72rem; }
.plots { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; width: min(40rem, 100%); } figure.small { width: 13rem; }
figcaption { font-size: .8rem; color: var(--quiet); } .legend { display: inline-flex; align-items: center; gap: .3rem; margin-left: .8rem; }
svg { width: 100%; height: auto; } .legend svg { width: 28px; flex: none; }
svg text { font-size: 11px; fill: var(--quiet); } .grid { stroke: var(--line); stroke-dasharray: 3 3; } .axis { stroke: var(--quiet); } .bar { stroke: #0b5cad; stroke-width: 1.5; } circle { fill: #0b5cad; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
code { font-size: .75rem; }
`
