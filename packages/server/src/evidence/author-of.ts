import type { Document } from '@pumpiq/domain'

/** Whose post it is, over all platforms; null where its source does not tell. */
export const authorOf = ({ source, author }: Pick<Document, 'source' | 'author'>): string | null =>
  author && `${source}:${author.id}`
