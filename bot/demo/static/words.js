// Moments, durations and sizes as people in Kazan read them.

const ZONE = "Europe/Moscow";
const clock = new Intl.DateTimeFormat("ru-RU", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("ru-RU", { timeZone: ZONE, day: "numeric", month: "long" });
const full = new Intl.DateTimeFormat("ru-RU", { timeZone: ZONE, weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

export const clockTime = (moment) => clock.format(moment);
export const dayName = (moment) => day.format(moment);
export const fullTime = (moment) => full.format(moment);

export function duration(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours ? `${hours} ч ${String(minutes % 60).padStart(2, "0")} мин` : `${minutes} мин`;
}

export function share(value) {
  return value === null || value === undefined ? "–" : `${Math.round(value * 100)} %`;
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} Б`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.round(kilobytes)} КБ` : `${(kilobytes / 1024).toFixed(1).replace(".", ",")} МБ`;
}

export function initials(name) {
  const letters = name.replace(/[^\p{L}\p{N} ]/gu, "").split(/\s+/).filter(Boolean).map((word) => word[0]);
  return letters.slice(0, 2).join("").toUpperCase() || "?";
}

// One of eight colours, always the same for the same name.
export function hue(name) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 997;
  return sum % 8;
}
