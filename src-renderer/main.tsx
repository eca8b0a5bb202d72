import "./app/zod-jitless.ts";
import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "@mantine/notifications/styles.css";
import "dayjs/locale/zh-cn";
import "./app/global.css";
import { createRoot } from "react-dom/client";
import { App } from "#renderer/app/app.tsx";

import { ignoreStrayDrops } from "#renderer/app/stray-drops.ts";

ignoreStrayDrops();
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
