import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { App } from './app.tsx'
import { BrokenPage } from './pages/broken.tsx'
import { NowherePage } from './pages/nowhere.tsx'
import { marketSearchOf } from './words/market-search.ts'

const root = createRootRoute({ component: App })
const getParentRoute = () => root

// Each page is loaded when it is gone to.
const market = createRoute({
  getParentRoute,
  path: '/',
  validateSearch: marketSearchOf,
  component: lazyRouteComponent(() => import('./pages/market.tsx'), 'MarketPage'),
})
const token = createRoute({
  getParentRoute,
  path: '/tokens/$id',
  component: lazyRouteComponent(() => import('./pages/token.tsx'), 'TokenPage'),
})
const recommendation = createRoute({
  getParentRoute,
  path: '/recommendations/$id',
  component: lazyRouteComponent(() => import('./pages/recommendation.tsx'), 'RecommendationPage'),
})
const record = createRoute({
  getParentRoute,
  path: '/record',
  component: lazyRouteComponent(() => import('./pages/record.tsx'), 'RecordPage'),
})
const portfolio = createRoute({
  getParentRoute,
  path: '/portfolio',
  component: lazyRouteComponent(() => import('./pages/portfolio.tsx'), 'PortfolioPage'),
})
const alerts = createRoute({
  getParentRoute,
  path: '/alerts',
  component: lazyRouteComponent(() => import('./pages/alerts.tsx'), 'AlertsPage'),
})
const sources = createRoute({
  getParentRoute,
  path: '/sources',
  component: lazyRouteComponent(() => import('./pages/sources.tsx'), 'SourcesPage'),
})

const signIn = createRoute({
  getParentRoute,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignInPage'),
})
const register = createRoute({
  getParentRoute,
  path: '/register',
  component: lazyRouteComponent(() => import('./pages/register.tsx'), 'RegisterPage'),
})
const setup = createRoute({
  getParentRoute,
  path: '/setup',
  component: lazyRouteComponent(() => import('./pages/setup.tsx'), 'SetupPage'),
})
const verifyEmail = createRoute({
  getParentRoute,
  path: '/verify-email',
  component: lazyRouteComponent(() => import('./pages/verify-email.tsx'), 'VerifyEmailPage'),
})
const confirmEmail = createRoute({
  getParentRoute,
  path: '/confirm-email',
  component: lazyRouteComponent(() => import('./pages/confirm-email.tsx'), 'ConfirmEmailPage'),
})
const forgotPassword = createRoute({
  getParentRoute,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('./pages/forgot-password.tsx'), 'ForgotPasswordPage'),
})
const resetPassword = createRoute({
  getParentRoute,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('./pages/reset-password.tsx'), 'ResetPasswordPage'),
})
const settings = createRoute({
  getParentRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings.tsx'), 'SettingsPage'),
})
const settingsSection = createRoute({
  getParentRoute,
  path: '/settings/$section',
  component: lazyRouteComponent(() => import('./pages/settings.tsx'), 'SettingsPage'),
})
const operations = createRoute({
  getParentRoute,
  path: '/operations',
  component: lazyRouteComponent(() => import('./pages/operations.tsx'), 'OperationsPage'),
})
const operationsSection = createRoute({
  getParentRoute,
  path: '/operations/$section',
  component: lazyRouteComponent(() => import('./pages/operations.tsx'), 'OperationsPage'),
})
const running = [sources, operations, operationsSection]
const mails = [verifyEmail, confirmEmail, forgotPassword, resetPassword]
const account = [signIn, register, setup, ...mails, settings, settingsSection]

export const router = createRouter({
  routeTree: root.addChildren([market, token, recommendation, record, portfolio, alerts, ...running, ...account]),
  defaultPreload: false,
  scrollRestoration: true,
  defaultNotFoundComponent: NowherePage,
  defaultErrorComponent: BrokenPage,
  defaultPendingMs: 300,
})

declare module '@tanstack/react-router' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- a module is extended by interfaces alone
  interface Register {
    router: typeof router
  }
}
