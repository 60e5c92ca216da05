/** How much of a period has gone by. Looked at beside the words that say it: alone it says nothing to many. */
export function TimeBar(props: { spent: number; daysLeft: number }) {
  const { spent, daysLeft } = props;
  const state = daysLeft < 0 ? "late" : daysLeft <= 3 ? "soon" : "open";
  return (
    <svg
      className={`wl-timebar wl-timebar--${state}`}
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect x={0} y={0} width={Math.round(spent * 100)} height={6} />
    </svg>
  );
}
