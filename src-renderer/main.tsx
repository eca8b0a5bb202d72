import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "@mantine/notifications/styles.css";
import "dayjs/locale/zh-cn";
import "./app/global.css";
import { createRoot } from "react-dom/client";
import { z } from "zod";
import { App } from "#renderer/app/app.tsx";

// The page's content security policy forbids eval; zod would probe for it.
z.config({ jitless: true });

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
