import { theme as antd, type ThemeConfig } from "antd";
import { colorsOf, type Theme, tokens } from "./tokens.ts";

/** Ant Design in our clothes: no default blue, hairlines instead of boxes (design brief §5). */
export function antdTheme(theme: Theme): ThemeConfig {
  const { ui } = colorsOf(theme);
  return {
    algorithm: theme === "dark" ? antd.darkAlgorithm : antd.defaultAlgorithm,
    cssVar: { key: `guatu-${theme}` },
    token: {
      ...tokens.antd.light,
      ...tokens.antd[theme],
      colorInfo: ui.accent,
      colorLink: ui.accent,
      colorBgBase: ui.bg,
      colorBgLayout: ui.bgSubtle,
      colorBgContainer: ui.bg,
      colorBgElevated: ui.bg,
      colorText: ui.text,
      colorTextSecondary: ui.textSecondary,
      colorTextTertiary: ui.textTertiary,
      colorTextDescription: ui.textTertiary,
      colorTextPlaceholder: ui.textTertiary,
      colorTextLightSolid: ui.onAccent,
      colorBorderSecondary: ui.line,
      colorSplit: ui.line,
      fontFamily: tokens.font.family.text,
      borderRadiusLG: tokens.radius.card,
      borderRadiusSM: tokens.radius.tag,
      motionDurationFast: `${tokens.motion.duration.fast / 1000}s`,
      motionDurationMid: `${tokens.motion.duration.base / 1000}s`,
      motionDurationSlow: `${tokens.motion.duration.panel / 1000}s`,
      motionEaseInOut: tokens.motion.easing.standard,
    },
    components: {
      Table: {
        headerBg: ui.bg,
        headerSplitColor: "transparent",
        rowHoverBg: ui.bgSubtle,
        borderColor: ui.line,
      },
      Tabs: { itemSelectedColor: ui.text, inkBarColor: ui.accent },
      Modal: { borderRadiusLG: tokens.radius.dialog },
      Tag: { defaultBg: ui.bgSunken, defaultColor: ui.text },
      Tree: { nodeSelectedBg: ui.accentWeak, nodeHoverBg: ui.bgSubtle },
    },
  };
}
