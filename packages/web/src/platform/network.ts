/** Calls when this device loses its network or has it again. Returns how to stop. */
export function onNetwork(hear: () => void): () => void {
  addEventListener('offline', hear)
  addEventListener('online', hear)
  return () => {
    removeEventListener('offline', hear)
    removeEventListener('online', hear)
  }
}
