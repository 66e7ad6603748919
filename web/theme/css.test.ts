import { expect, test } from "vitest";
import { antdTheme } from "./antd.ts";
import { cssVariables, themeCss } from "./css.ts";
import { themes, tokens } from "./tokens.ts";

test("both themes define the same custom properties", () => {
  expect(Object.keys(cssVariables("dark"))).toEqual(Object.keys(cssVariables("light")));
});

test("values are the tokens', letter for letter", () => {
  expect(cssVariables("light")["--ui-bg"]).toBe(tokens.color.light.ui.bg);
  expect(cssVariables("dark")["--state-late-on-fill"]).toBe(tokens.color.dark.state.late.onFill);
  expect(themeCss()).toContain('[data-theme="dark"]{color-scheme:dark;--ui-bg:');
});

test.each(themes)("antd %s takes its accent from the tokens", (theme) => {
  expect(antdTheme(theme).token?.colorPrimary).toBe(tokens.color[theme].ui.accent);
});
