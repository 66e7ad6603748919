import { colorsOf, type Theme, themes, tokens } from "./tokens.ts";

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** CSS custom properties of one theme: `--ui-bg`, `--map-land`, `--state-late-fill` …, values as in the tokens. */
export function cssVariables(theme: Theme): Record<string, string> {
  const color = colorsOf(theme);
  const states = Object.entries(color.state).flatMap(([state, paints]) =>
    Object.entries(paints).map(([use, value]) => [`--state-${state}-${kebab(use)}`, value]),
  );
  return Object.fromEntries([
    ...Object.entries(color.ui).map(([name, value]) => [`--ui-${kebab(name)}`, value]),
    ...Object.entries(color.map).map(([name, value]) => [`--map-${kebab(name)}`, value]),
    ...states,
  ]);
}

/** What does not change with the theme: `--space-3`, `--radius-card`, `--font-text`, `--motion-base`, `--demo-bg` … */
function cssConstants(): Record<string, string> {
  const { space, radius, elevation, motion, font } = tokens;
  return Object.fromEntries([
    ...space.map((px, step) => [`--space-${step}`, `${px}px`]),
    ...Object.entries(radius).map(([name, px]) => [`--radius-${name}`, `${px}px`]),
    ...Object.entries(elevation).map(([name, value]) => [`--shadow-${name}`, value]),
    ...Object.entries(motion.duration).map(([name, ms]) => [`--motion-${kebab(name)}`, `${ms}ms`]),
    ...Object.entries(motion.easing).map(([name, value]) => [`--ease-${name}`, value]),
    ...Object.entries(font.family).map(([name, value]) => [`--font-${kebab(name)}`, value]),
    ...Object.entries(tokens.color.wall)
      .filter((entry): entry is [string, string] => typeof entry[1] === "string")
      .map(([name, value]) => [`--wall-${kebab(name)}`, value]),
    ["--wall-slab", tokens.color.wall.scoreRamp[2] ?? ""],
    ["--wall-slab-side", tokens.color.wall.scoreRamp[0] ?? ""],
    ["--conflict-theirs", tokens.color.conflict.theirs.color],
    ["--conflict-base", tokens.color.conflict.base.color],
    ["--print-red", tokens.color.print.red],
    ["--demo-bg", tokens.color.demoTag.bg],
    ["--demo-text", tokens.color.demoTag.text],
  ]);
}

const block = (selector: string, variables: Record<string, string>, extra = "") =>
  `${selector}{${extra}${Object.entries(variables)
    .map(([name, value]) => `${name}:${value}`)
    .join(";")}}`;

/** The whole sheet. Light is the default; an element with `data-theme="dark"` turns itself and what is in it dark. */
export function themeCss(): string {
  const reduced = Object.keys(tokens.motion.duration).map((name) => [`--motion-${kebab(name)}`, "0ms"]);
  return [
    block(":root", cssConstants()),
    ...themes.map((theme) =>
      block(
        theme === "light" ? ':root,[data-theme="light"]' : '[data-theme="dark"]',
        cssVariables(theme),
        `color-scheme:${theme};`,
      ),
    ),
    `@media (prefers-reduced-motion: reduce){${block(":root", Object.fromEntries(reduced))}}`,
  ].join("\n");
}

const sheetId = "guatu-theme";

/** Puts the sheet into the document once. */
export function installTheme(document: Document): void {
  if (document.getElementById(sheetId)) return;
  const style = document.createElement("style");
  style.id = sheetId;
  style.textContent = themeCss();
  document.head.append(style);
}
