/** Paths that are asked for before the page is loaded. */
export const first = {
  session: "/api/v1/session",
  /** What the overview shows first. */
  alerts: "/api/v1/alerts?status=active&sort=priority&limit=1000",
} as const;
