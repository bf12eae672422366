const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const whole = /^\d{1,2}$/;
const two = (text: string) => text.padStart(2, "0");

/** Says in words when a cron is due, of five fields or six (seconds first); empty if that is not simple. */
export function cronInWords(cron: string): string {
  const fields = cron.trim().split(/\s+/);
  if (fields.length === 5) return inMinutes(fields);
  if (fields.length !== 6) return "";
  const [second = "", ...rest] = fields;
  const always = rest.every((field) => field === "*");
  if (always && second === "*") return "every second";
  const step = stepOf(second, 60);
  if (always && step) return `every ${step} seconds`;
  if (!whole.test(second)) return "";
  if (always) return `every minute, at second ${Number(second)}`;
  const words = inMinutes(rest);
  return words && Number(second) > 0 ? `${words}, at second ${Number(second)}` : words;
}

function inMinutes([minute = "", hour = "", day = "", month = "", weekday = ""]: string[]): string {
  if (month !== "*") return "";
  const anyDay = day === "*" && weekday === "*";
  const minutes = stepOf(minute, 60), hours = stepOf(hour, 24);
  if (anyDay && hour === "*") {
    if (minute === "*") return "every minute";
    if (minutes) return `every ${minutes} minutes`;
    if (whole.test(minute)) return Number(minute) === 0 ? "every hour" : `every hour, at minute ${Number(minute)}`;
  }
  if (!whole.test(minute)) return "";
  if (anyDay && hours) return `every ${hours} hours, at minute ${Number(minute)}`;
  if (!whole.test(hour)) return "";
  const days = daysOf(day, weekday);
  return days && `${days} at ${two(hour)}:${two(minute)}`;
}

function daysOf(day: string, weekday: string): string {
  if (day === "*" && weekday === "*") return "every day";
  if (day === "*" && weekday === "1-5") return "Monday to Friday";
  if (day === "*" && /^[0-7]$/.test(weekday)) return `every ${weekdays[Number(weekday) % 7] ?? ""}`;
  if (weekday === "*" && whole.test(day)) return `on day ${Number(day)} of each month`;
  return "";
}

/** Gives n of a field that is every nth of so many, at equal distances. */
function stepOf(field: string, of: number): number | undefined {
  const step = Number(/^\*\/(\d{1,2})$/.exec(field)?.[1] ?? 0);
  return step > 1 && of % step === 0 ? step : undefined;
}
