import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./theme/fonts.ts";
import "./shell/base.css";
import { App } from "./shell/app.tsx";
import { installTheme } from "./theme/css.ts";

installTheme(document);
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
