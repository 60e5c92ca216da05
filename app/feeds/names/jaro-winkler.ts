/**
 * How alike two short texts are, 0 to 1: Jaro's measure with Winkler's bonus for a common beginning (W. E. Winkler,
 * "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage", 1990).
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const jaro = jaroOf(a, b);
  // Winkler gives the bonus only where the words are alike at all.
  if (jaro < 0.7) return jaro;
  let common = 0;
  while (common < 4 && common < a.length && common < b.length && a[common] === b[common]) common += 1;
  return jaro + common * 0.1 * (1 - jaro);
}

function jaroOf(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Uint8Array(b.length);
  const found: string[] = [];
  for (let i = 0; i < a.length; i++) {
    const from = Math.max(0, i - reach);
    const to = Math.min(b.length - 1, i + reach);
    for (let j = from; j <= to; j++) {
      if (taken[j] === 0 && a[i] === b[j]) {
        taken[j] = 1;
        found.push(a[i] ?? "");
        break;
      }
    }
  }
  if (found.length === 0) return 0;
  let moved = 0;
  let next = 0;
  for (let j = 0; j < b.length; j++) {
    if (taken[j] === 0) continue;
    if (b[j] !== found[next]) moved += 1;
    next += 1;
  }
  const m = found.length;
  return (m / a.length + m / b.length + (m - moved / 2) / m) / 3;
}

/**
 * The fewest changes of one letter (put in, left out, another one, two neighbours swapped) from one text to the other,
 * counted up to `most`; more is told as `most + 1`. (Optimal string alignment.)
 */
export function countTypos(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      next.push(least);
    }
    before = row;
    row = next;
  }
  return Math.min(row[b.length] ?? most + 1, most + 1);
}
