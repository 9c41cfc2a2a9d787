// The chosen theme, before the first paint. The rest of the preferences is read by the app.
try {
  const { theme } = JSON.parse(localStorage.getItem('pumpiq:preferences') || '{}')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // No storage: the system's theme.
}
