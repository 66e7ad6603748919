/** The hanging-sheet mark: a map on its rod, with a river across it. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
      <rect x="1" y="2.5" width="26" height="3" rx="1.5" fill="var(--ui-accent)" />
      <path d="M4 7h20v13.500a5 5 0 0 1-5 5H4z" fill="var(--ui-accent)" />
      <path
        d="M4 22.500c4.500-.5 4.600-4.200 7-8 2.200-3.300 6.500-4.200 13-4.500M9.500 25.500c4-.8 4-4.200 6-6.800 1.800-2.400 4.700-3 8.500-3.200"
        fill="none"
        stroke="var(--ui-bg)"
        strokeWidth="1.9"
      />
    </svg>
  );
}
