// The words of notices are a promise: they go to receivers of webhooks and to the pages as they are.
export { Notice, NoticeKind } from '@pumpiq/api'
