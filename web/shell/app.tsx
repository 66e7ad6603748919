import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import { useEffect, useMemo } from "react";
import { queryClient } from "../api/queries.ts";
import { router } from "../routes.tsx";
import { antdTheme } from "../theme/antd.ts";
import { usePreferences } from "./preferences.ts";

/** Providers round the router: theme, language, answers. */
export function App() {
  const large = usePreferences((p) => p.large);
  useEffect(() => {
    document.documentElement.dataset.size = large ? "large" : "normal";
  }, [large]);
  const theme = useMemo(() => {
    const plain = antdTheme("light");
    // Elevation is for what floats over the map, never for a button.
    const Button = { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" };
    const base = {
      ...plain,
      components: { ...plain.components, Button: { ...plain.components?.Button, ...Button } },
    };
    return large
      ? { ...base, token: { ...base.token, fontSize: 16, controlHeight: 41, controlHeightSM: 34 } }
      : base;
  }, [large]);
  return (
    <ConfigProvider locale={zhCN} theme={theme} wave={{ disabled: true }} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
