import assert from "node:assert/strict";
import { test } from "node:test";
import { cronInWords } from "./cron";

test("simple crons have words", () => {
  const words = {
    "* * * * *": "every minute",
    "*/15 * * * *": "every 15 minutes",
    "0 * * * *": "every hour",
    "7 * * * *": "every hour, at minute 7",
    "30 */6 * * *": "every 6 hours, at minute 30",
    "5 8 * * *": "every day at 08:05",
    "0 6 * * 1-5": "Monday to Friday at 06:00",
    "0 6 * * 7": "every Sunday at 06:00",
    "0 6 1 * *": "on day 1 of each month at 06:00",
    "* * * * * *": "every second",
    "*/5 * * * * *": "every 5 seconds",
    "15 * * * * *": "every minute, at second 15",
    "0 0 6 * * *": "every day at 06:00",
    "30 0 6 * * *": "every day at 06:00, at second 30",
  };
  for (const [cron, expected] of Object.entries(words)) assert.equal(cronInWords(cron), expected, cron);
});

test("others have none, rather than wrong ones", () => {
  for (const cron of ["", "0 0 29 2 *", "1,2 * * * *", "0 6 1 * 1", "0 9-17 * * *", "x", "@daily", "0 6 * * 1,3", "*/40 * * * *", "*/7 * * * *"]) assert.equal(cronInWords(cron), "", cron);
});
